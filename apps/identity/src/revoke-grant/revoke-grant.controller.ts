import { Controller, Delete, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { sessionActor } from '../session-actor.js';
import { RevokeGrant } from './revoke-grant.command.js';

@Controller('auth')
export class RevokeGrantController {
  constructor(private readonly commands: CommandBus) {}

  @Delete('grants/:grant_id')
  @Authenticated()
  @Envelope('App unlinked')
  @Api({
    summary: 'Unlink an app: its tokens are void within two seconds',
    answer: z.object({ grant_id: z.string(), status: z.literal('revoked') }),
    errors: ['grants.not_found'],
  })
  async revoke(@Ctx() ctx: RequestContext, @Param('grant_id') grantId: string) {
    await this.commands.execute(new RevokeGrant(sessionActor(ctx).userId, grantId));
    return { grant_id: grantId, status: 'revoked' as const };
  }
}
