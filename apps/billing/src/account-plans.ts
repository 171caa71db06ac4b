import { Injectable } from '@nestjs/common';
import { Clock } from './clock.js';
import { anchoredMonth, calendarMonth } from './domain/billing-period.js';
import type { BillingPeriod } from './domain/billing-period.js';
import { planOf } from './domain/plans.js';
import type { Plan } from './domain/plans.js';
import { SubscriptionsRepository } from './persistence/subscriptions.repository.js';
import type { Subscription } from './persistence/subscriptions.repository.js';

/** How long a subscription is remembered; a change made by another replica is seen after at most this time. */
const REMEMBERED_MS = 1_000;
const MOST_REMEMBERED = 10_000;

export interface AccountPlan {
  plan: Plan;
  /** Undefined for accounts that never left the free plan. */
  subscription: Subscription | undefined;
  /** The period that holds the instant asked for. */
  period: BillingPeriod;
}

interface Remembered {
  subscription: Subscription | undefined;
  until: number;
}

/** The plan of an account and its current period. Accounts without subscription are on the free plan. */
@Injectable()
export class AccountPlans {
  readonly #remembered = new Map<string, Remembered>();

  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly clock: Clock,
  ) {}

  async of(accountId: string, at: Date = this.clock.now()): Promise<AccountPlan> {
    const plans = await this.ofAll([accountId], at);
    return plans.get(accountId) ?? accountPlan(undefined, at);
  }

  async ofAll(accountIds: readonly string[], at: Date = this.clock.now()): Promise<Map<string, AccountPlan>> {
    const subscriptions = await this.#subscriptionsOf([...new Set(accountIds)]);
    return new Map([...subscriptions].map(([id, subscription]) => [id, accountPlan(subscription, at)]));
  }

  /** The next call reads the subscription anew: after a change in this process. */
  forget(accountId: string): void {
    this.#remembered.delete(accountId);
  }

  async #subscriptionsOf(accountIds: readonly string[]): Promise<Map<string, Subscription | undefined>> {
    const now = Date.now();
    const known = new Map<string, Subscription | undefined>();
    for (const id of accountIds) {
      const remembered = this.#remembered.get(id);
      if (remembered && remembered.until > now) known.set(id, remembered.subscription);
    }
    const missing = accountIds.filter((id) => !known.has(id));
    if (missing.length === 0) return known;
    const found = await this.subscriptions.ofAccounts(missing);
    if (this.#remembered.size > MOST_REMEMBERED) this.#remembered.clear();
    for (const id of missing) {
      known.set(id, found.get(id));
      this.#remembered.set(id, { subscription: found.get(id), until: now + REMEMBERED_MS });
    }
    return known;
  }
}

function accountPlan(subscription: Subscription | undefined, at: Date): AccountPlan {
  const anchor = subscription?.period_anchor;
  return {
    plan: planOf(subscription?.plan ?? 'free'),
    subscription,
    period: anchor ? anchoredMonth(anchor, at) : calendarMonth(at),
  };
}
