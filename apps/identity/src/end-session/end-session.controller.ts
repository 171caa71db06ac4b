import { Controller, Delete, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { sessionActor } from '../session-actor.js';
import { EndSession } from './end-session.command.js';

@Controller('auth')
export class EndSessionController {
  constructor(private readonly commands: CommandBus) {}

  @Delete('sessions/:session_id')
  @Authenticated()
  @Envelope('Session revoked')
  @Api({
    summary: 'End one session of the user',
    answer: z.object({ session_id: z.string(), status: z.literal('revoked') }),
    errors: ['sessions.not_found'],
  })
  async end(@Ctx() ctx: RequestContext, @Param('session_id') sessionId: string) {
    await this.commands.execute(new EndSession(sessionActor(ctx).userId, sessionId));
    return { session_id: sessionId, status: 'revoked' as const };
  }
}
