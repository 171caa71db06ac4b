import { Injectable } from '@nestjs/common';
import type { RequestContext } from '#auth';
import { ExecutionUsage } from '../get-usage/execution-usage.js';
import { Payers } from '../payments/payers.js';
import { billingView } from './billing-view.js';
import type { BillingView } from './billing-view.js';
import { ResourceCounter } from './resource-counter.js';

/** Plan, usage and limits of an account. Nothing of it is asked of the payment provider, so it never waits for one. */
@Injectable()
export class BillingSummary {
  constructor(
    private readonly usage: ExecutionUsage,
    private readonly counter: ResourceCounter,
    private readonly payers: Payers,
  ) {}

  async of({ accountId, scope, permissions }: RequestContext): Promise<BillingView> {
    const [usage, counts, customerId] = await Promise.all([
      this.usage.of(accountId),
      this.counter.of(accountId),
      permissions.can_manage_billing ? this.payers.find(scope) : undefined,
    ]);
    return billingView(usage, counts, customerId);
  }
}
