import { Controller, Get } from '@nestjs/common';
import { Authenticated, Ctx } from '#auth';
import type { RequestContext } from '#auth';
import { Api } from '#service-defaults';
import { ExecutionUsage } from '../get-usage/execution-usage.js';
import { BillingView, billingView } from './billing-view.js';
import { ResourceCounter } from './resource-counter.js';

@Controller()
export class GetBillingController {
  constructor(
    private readonly usage: ExecutionUsage,
    private readonly counter: ResourceCounter,
  ) {}

  @Get('billing')
  @Authenticated()
  @Api({ summary: 'Plan, prices, usage and limits of the account', answer: BillingView })
  async get(@Ctx() ctx: RequestContext): Promise<BillingView> {
    const [usage, counts] = await Promise.all([this.usage.of(ctx.accountId), this.counter.of(ctx.accountId)]);
    return billingView(usage, counts);
  }
}
