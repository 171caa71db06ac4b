import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { ACTIONS, grantsOf, PERMISSIONS, RESOURCES, roleOnWire } from '#contracts';
import { Api, Envelope } from '#service-defaults';

@Controller('auth')
export class ReadPermissionsController {
  @Get('permissions')
  @Authenticated()
  @Envelope('Permissions retrieved')
  @Api({
    summary: 'What the caller may do in this account',
    answer: z.object({
      role: z.string(),
      permissions: z.record(z.enum(PERMISSIONS), z.boolean()),
      grants: z.array(z.object({ resource: z.enum(RESOURCES), actions: z.array(z.enum(ACTIONS)) })),
    }),
  })
  read(@Ctx() { role, permissions }: RequestContext) {
    return { role: roleOnWire(role), permissions, grants: grantsOf(role) };
  }
}
