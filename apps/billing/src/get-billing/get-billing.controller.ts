import { Controller, Get } from '@nestjs/common';
import { Authenticated, Ctx } from '#auth';
import type { RequestContext } from '#auth';
import { Api } from '#service-defaults';
import { BillingSummary } from './billing-summary.js';
import { BillingView } from './billing-view.js';

@Controller()
export class GetBillingController {
  constructor(private readonly summary: BillingSummary) {}

  @Get('billing')
  @Authenticated()
  @Api({ summary: 'Plan, prices, usage and limits of the account', answer: BillingView })
  get(@Ctx() ctx: RequestContext): Promise<BillingView> {
    return this.summary.of(ctx);
  }
}
