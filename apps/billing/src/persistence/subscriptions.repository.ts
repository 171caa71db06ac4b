import { Injectable } from '@nestjs/common';
import type { AccountScope, PlanId, SubscriptionStatus } from '#contracts';
import { Database, defineCollection, TenantRepository, erasedByAccount } from '#persistence';
import type { Filter, OwnFields, TenantEntity } from '#persistence';
import type { ProviderSubscription } from '../domain/provider-subscription.js';

/** The subscription of an account; its id is the account's. Accounts that never left the free plan have none. */
export interface Subscription extends TenantEntity {
  /** What the account may use now: free while its subscription is not usable. */
  plan: PlanId;
  status: SubscriptionStatus;
  billing_period: 'monthly' | 'annual';
  /** Where the months of a paid plan are counted from; null on the free plan. */
  period_anchor: Date | null;
  /** Who the payment provider knows as the payer; absent while nobody was sent to checkout. */
  customer_id?: string | null;
  /** What the provider said last; absent where an operator set the plan. */
  provider?: ProviderSubscription | null;
  /** Until when an unpaid plan goes on. */
  grace_until?: Date | null;
  /** When the provider is asked again if no event comes. */
  check_at?: Date | null;
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
    customer_id: String,
    provider: Object,
    grace_until: Date,
    check_at: Date,
    overage_cap_minor: Number,
    told: { type: [String], default: undefined },
  },
  indexes: [
    {
      keys: { customer_id: 1 },
      options: { unique: true, partialFilterExpression: { customer_id: { $type: 'string' } } },
    },
    { keys: { check_at: 1 }, options: { partialFilterExpression: { check_at: { $type: 'date' } } } },
  ],
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

  /** The subscription of the account that pays as this customer. */
  ofCustomer(customerId: string): Promise<Subscription | null> {
    return this.system('the provider names customers, not accounts').findOne({ customer_id: customerId });
  }

  /** Those whose time to ask the provider has come, the longest due first. */
  due(at: Date, limit: number): Promise<Subscription[]> {
    const where: Filter<Subscription> = { check_at: { $lte: at } };
    return this.system('asking the provider in turn').find(where, { sort: { check_at: 1 }, limit });
  }

  /** Puts off asking the provider, without counting as a change. */
  async checkLater(accountId: string, at: Date): Promise<void> {
    await this.system('asking the provider in turn').updateOne({ _id: accountId }, { $set: { check_at: at } });
  }

  /** Remembers who pays for the account; the first one stays. @returns the customer that counts */
  async linkCustomer(scope: AccountScope, customerId: string): Promise<string> {
    const current = await this.find(scope, scope.accountId);
    if (current?.customer_id !== undefined && current.customer_id !== null) return current.customer_id;
    await this.write(scope, current, { customer_id: customerId });
    return customerId;
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
