import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { Api } from '#service-defaults';
import { Clock } from '../clock.js';
import { SecondFactors } from '../persistence/second-factors.repository.js';
import { sessionActor } from '../session-actor.js';

const SecondFactorView = z.object({
  enabled: z.boolean(),
  enabled_at: z.iso.datetime().nullable(),
  /** A secret was handed out that no code has been shown for yet. */
  setup_pending: z.boolean(),
  recovery_codes_left: z.number().int(),
});

@Controller('auth')
export class ReadSecondFactorController {
  constructor(
    private readonly factors: SecondFactors,
    private readonly clock: Clock,
  ) {}

  @Get('mfa')
  @Authenticated()
  @Api({
    summary: 'Whether the own two-step sign-in is on, and how many recovery codes are left',
    answer: SecondFactorView,
  })
  async read(@Ctx() ctx: RequestContext) {
    const factor = await this.factors.find(sessionActor(ctx).userId);
    const waits = factor?.expires_at !== undefined && factor.expires_at > this.clock.now();
    return {
      enabled: factor?.status === 'active',
      enabled_at: factor?.enabled_at?.toISOString() ?? null,
      setup_pending: waits,
      recovery_codes_left: factor?.recovery_hashes.length ?? 0,
    };
  }
}
