import { Injectable } from '@nestjs/common';
import type { AccountScope, PlanId, SubscriptionStatus } from '#contracts';
import { Database, defineCollection, TenantRepository, erasedByAccount } from '#persistence';
import type { OwnFields, TenantEntity } from '#persistence';

/** The subscription of an account; its id is the account's. Accounts that never left the free plan have none. */
export interface Subscription extends TenantEntity {
  plan: PlanId;
  status: SubscriptionStatus;
  billing_period: 'monthly' | 'annual';
  /** Where the months of a paid plan are counted from; null on the free plan. */
  period_anchor: Date | null;
}

const subscriptions = defineCollection<Subscription>({
  name: 'subscriptions',
  domain: 'billing',
  title: 'Subscription',
  erasure: erasedByAccount,
  fields: { plan: String, status: String, billing_period: String, period_anchor: Date },
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

  /** Makes or changes the subscription. @returns as it is now and as it was before */
  async put(
    scope: AccountScope,
    fields: Omit<OwnFields<Subscription>, '_id'>,
  ): Promise<{ before: Subscription | null; now: Subscription }> {
    const before = await this.find(scope, scope.accountId);
    const now = before
      ? await this.update(scope, scope.accountId, fields, { version: before.version })
      : await this.insert(scope, { _id: scope.accountId, ...fields });
    return { before, now };
  }
}
