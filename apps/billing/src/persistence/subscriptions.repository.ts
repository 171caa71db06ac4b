import { Injectable } from '@nestjs/common';
import type { AccountScope, PlanId, SubscriptionStatus } from '#contracts';
import { Database, defineCollection, TenantRepository, erasedByAccount } from '#persistence';
import type { OwnFields, TenantEntity } from '#persistence';
import type { KnownSubscription } from '../domain/known-subscription.js';

/** The subscription of an account; its id is the account's. Accounts that never left the free plan have none. */
export interface Subscription extends TenantEntity {
  /** What the account may use now: free while its subscription is not usable. */
  plan: PlanId;
  status: SubscriptionStatus;
  billing_period: 'monthly' | 'annual';
  /** Where the months of a paid plan are counted from; null on the free plan. */
  period_anchor: Date | null;
  /** The subscription that counts; absent where an operator set the plan. */
  known?: KnownSubscription | null;
  /** Until when an unpaid plan goes on. */
  grace_until?: Date | null;
  /** Cents that overage may cost in a period; absent or null: as much as there is. Set by the account itself. */
  overage_cap_minor?: number | null;
  /** What people and services were told, so that nothing is told twice; the oldest are forgotten. */
  told?: string[];
}

export type SubscriptionFields = Omit<OwnFields<Subscription>, '_id'>;

const subscriptions = defineCollection<Subscription>({
  name: 'subscriptions',
  domain: 'billing',
  title: 'Subscription',
  erasure: erasedByAccount,
  fields: {
    plan: String,
    status: String,
    billing_period: String,
    period_anchor: Date,
    known: Object,
    grace_until: Date,
    overage_cap_minor: Number,
    told: { type: [String], default: undefined },
  },
});

@Injectable()
export class SubscriptionsRepository extends TenantRepository<Subscription> {
  constructor(database: Database) {
    super(database, subscriptions);
  }

  /** The subscriptions of many accounts at once, for calls that serve several accounts. */
  async ofAccounts(accountIds: readonly string[]): Promise<Map<string, Subscription>> {
    const found = await this.system('grouped reservations of several accounts').find({ _id: { $in: [...accountIds] } });
    return new Map(found.map((subscription) => [subscription.account_id, subscription]));
  }

  /** Of all accounts that have more than the free plan now. */
  onPaidPlans(): Promise<Subscription[]> {
    return this.system('figures about all accounts').find({ plan: { $ne: 'free' } });
  }

  /** Makes or changes the subscription. @returns as it is now and as it was before */
  async put(
    scope: AccountScope,
    fields: SubscriptionFields,
  ): Promise<{ before: Subscription | null; now: Subscription }> {
    const before = await this.find(scope, scope.accountId);
    return { before, now: await this.write(scope, before, fields) };
  }

  /**
   * Writes what follows from `before`, if nobody has written since.
   * @throws 412 `resource.version_conflict`, or DuplicateKey where `before` was nothing
   */
  write(scope: AccountScope, before: Subscription | null, fields: Partial<SubscriptionFields>): Promise<Subscription> {
    return before
      ? this.update(scope, scope.accountId, fields, { version: before.version })
      : this.insert(scope, { _id: scope.accountId, ...FREE, ...fields });
  }
}

/** Where an account stands that has never paid. */
const FREE: SubscriptionFields = {
  plan: 'free',
  status: 'active',
  billing_period: 'monthly',
  period_anchor: null,
};
