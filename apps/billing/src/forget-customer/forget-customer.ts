import { Injectable } from '@nestjs/common';
import { scopeOf, type AccountScope } from '#contracts';
import { ErasureSteps } from '#persistence';
import { PaymentProvider } from '../payments/payment-provider.js';
import { CustomersRepository } from '../persistence/customers.repository.js';
import { SubscriptionsRepository } from '../persistence/subscriptions.repository.js';

/**
 * An erased account is no customer of the payment provider any more: subscriptions end with it, cards are forgotten.
 * As long as the provider does not confirm that, the erasure is not reported.
 */
@Injectable()
export class ForgetCustomer {
  constructor(
    steps: ErasureSteps,
    private readonly customers: CustomersRepository,
    private readonly subscriptions: SubscriptionsRepository,
    private readonly provider: PaymentProvider,
  ) {
    steps.add({ name: 'payment_customers', erase: (accountId) => this.forget(scopeOf(accountId)) });
  }

  private async forget(scope: AccountScope): Promise<number> {
    const [known, subscription] = await Promise.all([
      this.customers.idOf(scope),
      this.subscriptions.find(scope, scope.accountId),
    ]);
    const ids = new Set([known, subscription?.known?.customer_id].filter((id) => typeof id === 'string'));
    for (const id of ids) await this.provider.customers.delete(id);
    return ids.size;
  }
}
