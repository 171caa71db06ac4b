import { limitsOnTheWire, type Account } from '#contracts';
import type { AccountStatus } from '../persistence/account-life.js';
import type { AccountUsage } from '../domain/account-usage.js';
import type { AccountRecord } from '../persistence/account.collection.js';

/** An account as clients and other services read it. */
export const accountView = (account: AccountRecord, usage: AccountUsage): Account => ({
  account_id: account._id,
  owner_user_id: account.owner_user_id,
  created_by_user_id: account.created_by_user_id,
  name: account.name,
  company: account.company,
  plan: account.plan,
  status: statusOnWire(account.status),
  ...(account.stripe_customer_id !== undefined && { stripe_customer_id: account.stripe_customer_id }),
  ...(account.ancestors !== undefined && placeBelow(account._id, account.ancestors)),
  ...(account.erase_at !== undefined && { erase_at: account.erase_at.toISOString() }),
  settings: limitsOnTheWire(account.limits),
  usage,
  created_at: account.created_at.toISOString(),
  updated_at: account.updated_at.toISOString(),
});

/** Where a sub-account lies; a root says nothing of the kind. */
const placeBelow = (accountId: string, ancestors: readonly string[]) => ({
  parent_account_id: ancestors.at(-1),
  account_path: [...ancestors, accountId].map((id) => `/${id}`).join(''),
  level: ancestors.length,
});

/** Whoever could look at an account while it is being erased would see one that is about to be. */
export const statusOnWire = (status: AccountStatus): Account['status'] => (status === 'erasing' ? 'closing' : status);
