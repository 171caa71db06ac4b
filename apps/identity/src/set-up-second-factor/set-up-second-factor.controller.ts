import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { typedPassword } from '../domain/fields.js';
import { sessionActor } from '../session-actor.js';
import { SetUpSecondFactor } from './set-up-second-factor.command.js';

const SetUpBody = z.strictObject({ password: typedPassword('Password') }).meta({ id: 'SetUpSecondFactor' });

const SecretView = z.object({
  /** To be typed where the picture cannot be scanned. */
  secret: z.string(),
  /** To be shown as a QR code. */
  otpauth_url: z.string(),
  expires_at: z.iso.datetime(),
});

@Controller('auth')
export class SetUpSecondFactorController {
  constructor(private readonly commands: CommandBus) {}

  @Post('mfa/setup')
  @Authenticated()
  @Envelope('Add the secret to your authenticator app, then confirm with a code')
  @Api({
    summary: 'Begin two-step sign-in: a secret for an authenticator app',
    answer: SecretView,
    errors: ['auth.invalid_credentials', 'auth.no_password', 'auth.mfa_already_enabled', 'generic.rate_limited'],
    invalidStatus: 422,
  })
  async setUp(@Ctx() ctx: RequestContext, @Body({ schema: SetUpBody }) { password }: z.infer<typeof SetUpBody>) {
    const made = await this.commands.execute(new SetUpSecondFactor(sessionActor(ctx).userId, password));
    return { secret: made.secret, otpauth_url: made.otpauthUrl, expires_at: made.expiresAt.toISOString() };
  }
}
