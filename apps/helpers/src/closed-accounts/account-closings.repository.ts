import { Injectable } from '@nestjs/common';
import type { AccountScope } from '#contracts';
import {
  Database,
  defineCollection,
  TenantRepository,
  type Change,
  type TenantEntity,
  erasedByAccount,
} from '#persistence';

/** Whether an account is being deleted, as accounts last said. `_id` is the account's. */
export interface AccountClosing extends TenantEntity {
  closed: boolean;
  /** Until then it can be restored. */
  erase_at?: Date;
  /** Of the account, when this was said of it. */
  revision: number;
}

export const accountClosingsCollection = defineCollection<AccountClosing>({
  name: 'account_closings',
  domain: 'accounts',
  title: 'Closing of an account',
  erasure: erasedByAccount,
  fields: {
    closed: { type: Boolean, required: true },
    erase_at: Date,
    revision: { type: Number, required: true },
  },
  indexes: [{ keys: { updated_at: 1 } }],
});

/** What accounts says about the life of an account. */
export type AccountWord = Pick<AccountClosing, 'closed' | 'revision'> & { erase_at?: Date };

@Injectable()
export class AccountClosings extends TenantRepository<AccountClosing> {
  constructor(database: Database) {
    super(database, accountClosingsCollection);
  }

  /** Takes up the latest word; an older one changes nothing. */
  async follow(scope: AccountScope, word: AccountWord): Promise<void> {
    const later = { revision: { $lt: word.revision } };
    const { matched } = await this.updateWhere(scope, later, { $set: word } as Change<AccountClosing>);
    if (matched > 0 || (await this.find(scope, scope.accountId)) !== null) return;
    await this.insert(scope, { _id: scope.accountId, ...word });
  }

  /** Those of these accounts that are being deleted. */
  closed(accountIds: readonly string[]): Promise<AccountClosing[]> {
    return this.system('jobs of many accounts are looked at together').find({
      _id: { $in: [...accountIds] },
      closed: true,
    });
  }

  /** Accounts that were closed or restored since then. */
  changedSince(time: Date): Promise<AccountClosing[]> {
    return this.system('sweeping accounts of which word has just come').find({ updated_at: { $gte: time } });
  }
}
