import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { From, type Caller } from '../caller.js';
import { MfaCodeField, RecoveryCodesView } from '../second-factor/second-factor-fields.js';
import { sessionActor } from '../session-actor.js';
import { EnableSecondFactor } from './enable-second-factor.command.js';

const EnableBody = z.strictObject({ code: MfaCodeField }).meta({ id: 'EnableSecondFactor' });

@Controller('auth')
export class EnableSecondFactorController {
  constructor(private readonly commands: CommandBus) {}

  @Post('mfa/verify')
  @Authenticated()
  @Envelope('Two-step sign-in is on; keep the recovery codes, they are not shown again')
  @Api({
    summary: 'Switch two-step sign-in on with the first code of the app; answers the recovery codes',
    answer: RecoveryCodesView,
    errors: [
      'auth.invalid_mfa_code',
      'auth.mfa_not_set_up',
      'auth.mfa_already_enabled',
      'auth.user_not_found',
      'generic.rate_limited',
    ],
    invalidStatus: 422,
  })
  async enable(
    @Ctx() ctx: RequestContext,
    @Body({ schema: EnableBody }) { code }: z.infer<typeof EnableBody>,
    @From() caller: Caller,
  ) {
    const { userId } = sessionActor(ctx);
    return { recovery_codes: await this.commands.execute(new EnableSecondFactor(userId, code, caller)) };
  }
}
