import { Schema } from 'mongoose';
import { defineCollection, type TenantEntity, erasedByAccount } from '#persistence';
import type { AccountUsage } from '../domain/account-usage.js';

/** What the owners of the rows counted last. `_id` is the account's. */
export interface AccountFiguresRecord extends TenantEntity {
  usage: AccountUsage;
  counted_at: Date;
}

export const accountFiguresCollection = defineCollection<AccountFiguresRecord>({
  name: 'account-figures',
  domain: 'account_figures',
  title: 'Account figures',
  erasure: erasedByAccount,
  fields: { usage: { type: Schema.Types.Mixed, required: true }, counted_at: { type: Date, required: true } },
});
