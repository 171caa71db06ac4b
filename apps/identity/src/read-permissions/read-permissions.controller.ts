import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { PERMISSIONS, roleOnWire } from '#contracts';
import { Api, Envelope } from '#service-defaults';
import { grantsOf } from '../domain/grants.js';

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
      grants: z.array(z.object({ resource: z.string(), actions: z.array(z.string()) })),
    }),
  })
  read(@Ctx() { role, permissions }: RequestContext) {
    return { role: roleOnWire(role), permissions, grants: grantsOf(role) };
  }
}
