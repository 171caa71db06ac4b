import { Injectable } from '@nestjs/common';
import { Problem } from '#contracts';
import type { AccountScope } from '#contracts';
import { Payers } from './payers.js';
import { PaymentProvider } from './payment-provider.js';
import type { ProviderStatus, ProviderSubscription } from './payment-provider.js';

/** Those that give a plan come before those that wait for money. */
const LIVE: readonly ProviderStatus[] = ['active', 'trialing', 'past_due', 'unpaid', 'paused'];

export interface SubscriptionHistory {
  /** The one that can be changed; undefined where there is none. */
  live: ProviderSubscription | undefined;
  /** Whether there ever was one. */
  any: boolean;
}

/** The subscription of an account as the provider has it at this moment: what is bought is decided there. */
@Injectable()
export class LiveSubscriptions {
  constructor(
    private readonly payers: Payers,
    private readonly provider: PaymentProvider,
  ) {}

  async historyOf(customerId: string): Promise<SubscriptionHistory> {
    const all = await this.provider.subscriptions.ofCustomer(customerId);
    const live = LIVE.flatMap((status) => all.filter((subscription) => subscription.status === status))[0];
    return { live, any: all.some(({ status }) => status !== 'incomplete' && status !== 'incomplete_expired') };
  }

  /** @throws Problem 409 `billing.no_subscription` for an account without one */
  async get(scope: AccountScope): Promise<ProviderSubscription> {
    this.provider.assertConfigured();
    const customerId = await this.payers.find(scope);
    const found = customerId === undefined ? undefined : (await this.historyOf(customerId)).live;
    if (found !== undefined) return found;
    throw new Problem(409, 'billing.no_subscription', 'No subscription found. Please subscribe to a plan first.');
  }
}
