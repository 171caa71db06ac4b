import { Controller, Get, Headers, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Public } from '#auth';
import { answerWith, Api, Envelope, type Answer } from '#service-defaults';
import { FinishOAuth, OAuthCallback } from './finish-oauth.command.js';

/** Absent where the browser is redirected. */
const FinishedOAuthView = z
  .object({ connection_id: z.string(), platform_id: z.string(), status: z.literal('connected') })
  .optional();
type FinishedOAuthView = z.input<typeof FinishedOAuthView>;

@Controller('platforms/oauth')
export class FinishOAuthController {
  constructor(private readonly commands: CommandBus) {}

  @Get('callback')
  @Public()
  @Envelope('Connected')
  @Api({
    summary: 'Where vendors send browsers back to: 302, or JSON for callers that ask for it',
    answer: FinishedOAuthView,
    otherStatuses: [302],
    errors: ['connections.oauth_state_invalid', 'connections.oauth_denied', 'billing.limit_reached'],
  })
  async callback(
    @Query({ schema: OAuthCallback }) callback: OAuthCallback,
    @Headers('accept') accept = '',
    @Headers('content-type') contentType = '',
  ): Promise<FinishedOAuthView | Answer<FinishedOAuthView>> {
    const finished = await this.commands.execute(new FinishOAuth(callback));
    if (!wantsJson(accept, contentType)) {
      return answerWith(undefined, {
        status: 302,
        message: 'See the address',
        headers: { location: finished.redirect },
      });
    }
    if ('failure' in finished) throw finished.failure;
    const { _id, platform_id } = finished.connection;
    return { connection_id: _id, platform_id, status: 'connected' };
  }
}

/** The web client's callback page calls by script and cannot follow a redirect to another origin. */
const wantsJson = (accept: string, contentType: string): boolean =>
  /^application\/json\b/i.test(contentType) || /\bapplication\/json\b/i.test(accept);
