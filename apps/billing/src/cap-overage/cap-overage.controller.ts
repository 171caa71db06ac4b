import { Body, Controller, Put } from '@nestjs/common';
import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { auditedCaller } from '#audit';
import { Ctx, RequiresPermission } from '#auth';
import type { RequestContext } from '#auth';
import { Api } from '#service-defaults';
import { CapOverage } from './cap-overage.service.js';

const MOST_DOLLARS = 1_000_000;

const OverageCap = z
  .strictObject({
    overage_cap_usd: z
      .number()
      .min(0)
      .max(MOST_DOLLARS)
      .refine((dollars) => new Decimal(dollars).decimalPlaces() <= 2, 'must be whole cents, such as 12.5')
      .nullable()
      .describe('US dollars that executions beyond the plan may cost in a period; null takes the cap away'),
  })
  .meta({ id: 'OverageCap' });
type OverageCap = z.infer<typeof OverageCap>;

@Controller()
export class CapOverageController {
  constructor(private readonly capOverage: CapOverage) {}

  @Put('billing/overage-cap')
  @RequiresPermission('can_manage_billing')
  @Api({
    summary: 'Cap what executions beyond the plan may cost; in force within seconds',
    answer: OverageCap,
    errors: ['billing.feature_not_available'],
    invalidStatus: 422,
  })
  async set(@Ctx() ctx: RequestContext, @Body({ schema: OverageCap }) body: OverageCap): Promise<OverageCap> {
    const { overage_cap_usd: dollars } = body;
    const cents = dollars === null ? null : new Decimal(dollars).times(100).toNumber();
    await this.capOverage.set(ctx.scope, cents, auditedCaller(ctx));
    return body;
  }
}
