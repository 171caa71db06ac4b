import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Api, Envelope, NoData } from '#service-defaults';
import { From, type Caller } from '../caller.js';
import { typedPassword } from '../domain/fields.js';
import { sessionActor } from '../session-actor.js';
import { UnlinkGoogle } from './unlink-google.command.js';

const UnlinkBody = z.strictObject({ password: typedPassword('Password') }).meta({ id: 'UnlinkGoogle' });

@Controller('auth')
export class UnlinkGoogleController {
  constructor(private readonly commands: CommandBus) {}

  @Post('google/unlink')
  @Authenticated()
  @Envelope('Google does not sign you in any more')
  @Api({
    summary: 'Sign in with the password only from now on',
    answer: NoData,
    errors: [
      'auth.invalid_credentials',
      'auth.no_password',
      'auth.google_not_linked',
      'auth.user_not_found',
      'generic.rate_limited',
    ],
    invalidStatus: 422,
  })
  async unlink(
    @Ctx() ctx: RequestContext,
    @Body({ schema: UnlinkBody }) { password }: z.infer<typeof UnlinkBody>,
    @From() caller: Caller,
  ): Promise<void> {
    await this.commands.execute(new UnlinkGoogle(sessionActor(ctx).userId, password, caller));
  }
}
