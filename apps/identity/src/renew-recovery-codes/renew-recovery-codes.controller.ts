import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { From, type Caller } from '../caller.js';
import { BothSteps, RecoveryCodesView } from '../second-factor/second-factor-fields.js';
import { sessionActor } from '../session-actor.js';
import { RenewRecoveryCodes } from './renew-recovery-codes.command.js';

const RenewBody = BothSteps.meta({ id: 'RenewRecoveryCodes' });

@Controller('auth')
export class RenewRecoveryCodesController {
  constructor(private readonly commands: CommandBus) {}

  @Post('mfa/recovery-codes')
  @Authenticated()
  @Envelope('The former recovery codes no longer work; keep these, they are not shown again')
  @Api({
    summary: 'Ten new recovery codes in the place of the former ones',
    answer: RecoveryCodesView,
    errors: [
      'auth.invalid_credentials',
      'auth.no_password',
      'auth.invalid_mfa_code',
      'auth.mfa_not_enabled',
      'generic.rate_limited',
    ],
    invalidStatus: 422,
  })
  async renew(
    @Ctx() ctx: RequestContext,
    @Body({ schema: RenewBody }) body: z.infer<typeof RenewBody>,
    @From() caller: Caller,
  ) {
    const { userId } = sessionActor(ctx);
    return { recovery_codes: await this.commands.execute(new RenewRecoveryCodes(userId, body, caller)) };
  }
}
