import { Injectable } from '@nestjs/common';
import type { AccountScope } from '#contracts';
import { Database, TenantRepository } from '#persistence';
import type { AccountUsage } from '../domain/account-usage.js';
import { accountFiguresCollection, type AccountFiguresRecord } from './account-figures.collection.js';

@Injectable()
export class AccountFiguresStore extends TenantRepository<AccountFiguresRecord> {
  constructor(database: Database) {
    super(database, accountFiguresCollection);
  }

  last(scope: AccountScope): Promise<AccountFiguresRecord | null> {
    return this.find(scope, scope.accountId);
  }

  /** Keeps counts unless later ones are kept already. */
  async keep(scope: AccountScope, usage: AccountUsage, countedAt: Date): Promise<void> {
    const { matched } = await this.updateWhere(
      scope,
      { _id: scope.accountId, counted_at: { $lt: countedAt } },
      { $set: { usage, counted_at: countedAt } },
    );
    if (matched === 0 && (await this.last(scope)) === null) {
      await this.insert(scope, { _id: scope.accountId, usage, counted_at: countedAt });
    }
  }
}
