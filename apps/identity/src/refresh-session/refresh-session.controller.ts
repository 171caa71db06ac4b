import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Public } from '#auth';
import { answerWith, Api } from '#service-defaults';
import { From, type Caller } from '../caller.js';
import { requiredText } from '../domain/fields.js';
import { RefreshSession } from './refresh-session.command.js';

const RefreshBody = z.object({ refresh_token: requiredText('Refresh token', 1_024) }).meta({ id: 'Refresh' });

const RefreshedView = z.object({
  token: z.string(),
  token_type: z.literal('Bearer'),
  refresh_token: z.string(),
  /** Seconds until the token expires. */
  expires_in: z.number().int(),
});

@Controller('auth')
export class RefreshSessionController {
  constructor(private readonly commands: CommandBus) {}

  @Post('refresh')
  @Public()
  @Api({
    summary: 'Exchange a refresh token for new tokens',
    description:
      'Each refresh token is good for one use. Its use by two tabs within ten seconds gives both the same successor; ' +
      'any other repeated use ends the session.',
    answer: RefreshedView,
    errors: ['auth.invalid_refresh_token', 'auth.refresh_reused', 'account.no_membership', 'generic.rate_limited'],
  })
  async refresh(@Body({ schema: RefreshBody }) body: z.infer<typeof RefreshBody>, @From() caller: Caller) {
    const { access, refreshToken } = await this.commands.execute(new RefreshSession(body.refresh_token, caller));
    return answerWith(
      {
        token: access.token,
        token_type: 'Bearer' as const,
        refresh_token: refreshToken,
        expires_in: access.expiresIn,
      },
      { message: 'Token refreshed', headers: { 'set-cookie': access.cookie } },
    );
  }
}
