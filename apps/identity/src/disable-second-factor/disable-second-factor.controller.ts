import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { From, type Caller } from '../caller.js';
import { BothSteps } from '../second-factor/second-factor-fields.js';
import { sessionActor } from '../session-actor.js';
import { DisableSecondFactor } from './disable-second-factor.command.js';

const DisableBody = BothSteps.meta({ id: 'DisableSecondFactor' });

@Controller('auth')
export class DisableSecondFactorController {
  constructor(private readonly commands: CommandBus) {}

  @Post('mfa/disable')
  @Authenticated()
  @Envelope('Two-step sign-in is off')
  @Api({
    summary: 'Switch two-step sign-in off with both steps; all other sessions end',
    answer: z.object({ sessions_ended: z.number().int() }),
    errors: [
      'auth.invalid_credentials',
      'auth.no_password',
      'auth.invalid_mfa_code',
      'auth.mfa_not_enabled',
      'generic.rate_limited',
    ],
    invalidStatus: 422,
  })
  async disable(
    @Ctx() ctx: RequestContext,
    @Body({ schema: DisableBody }) body: z.infer<typeof DisableBody>,
    @From() caller: Caller,
  ) {
    return { sessions_ended: await this.commands.execute(new DisableSecondFactor(sessionActor(ctx), body, caller)) };
  }
}
