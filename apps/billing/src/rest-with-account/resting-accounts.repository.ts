import { Injectable } from '@nestjs/common';
import type { AccountScope } from '#contracts';
import { Database, defineCollection, erasedByAccount, TenantRepository } from '#persistence';
import type { Change, TenantEntity } from '#persistence';

/** What accounts last said of an account's life, and what was cancelled for it. `_id` is the account's. */
export interface RestingAccount extends TenantEntity {
  closed: boolean;
  /** Of the account, when this was said of it. */
  revision: number;
  /** Subscriptions that go on if the account is restored: nobody else had cancelled them. */
  subscription_ids: string[];
}

const restingAccounts = defineCollection<RestingAccount>({
  name: 'resting_accounts',
  domain: 'billing',
  title: 'Resting account',
  erasure: erasedByAccount,
  fields: {
    closed: { type: Boolean, required: true },
    revision: { type: Number, required: true },
    subscription_ids: { type: [String], required: true },
  },
});

@Injectable()
export class RestingAccounts extends TenantRepository<RestingAccount> {
  constructor(database: Database) {
    super(database, restingAccounts);
  }

  /** Takes up the latest word; an older one changes nothing. @returns what counts now */
  async follow(scope: AccountScope, word: Pick<RestingAccount, 'closed' | 'revision'>): Promise<RestingAccount> {
    const later = { revision: { $lt: word.revision } };
    await this.updateWhere(scope, later, { $set: word } as Change<RestingAccount>);
    const known = await this.find(scope, scope.accountId);
    return known ?? this.insert(scope, { _id: scope.accountId, ...word, subscription_ids: [] });
  }

  async remember(scope: AccountScope, subscriptionIds: string[]): Promise<void> {
    await this.update(scope, scope.accountId, { subscription_ids: subscriptionIds });
  }
}
