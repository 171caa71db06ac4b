import { Schema } from 'mongoose';
import type { PlanId, PlanLimits } from '#contracts';
import { defineCollection, type TenantEntity, keptBecause } from '#persistence';
import type { AccountStatus } from './account-life.js';

/** A tenant. `_id` and `account_id` are the same. */
export interface AccountRecord extends TenantEntity {
  owner_user_id: string;
  created_by_user_id: string;
  name: string;
  company: string;
  status: AccountStatus;
  stripe_customer_id?: string;
  /** Plan and limits as billing last said. */
  plan: PlanId;
  limits: PlanLimits;
  /** Number of the last change of the subscription that was applied; 0 before the first. */
  plan_revision: number;
  /** Set until the owner exists. Nobody can have seen the account before; it is removed if that does not happen. */
  awaiting_owner?: boolean;
  /** Accounts above this one, the root first; absent in a root. A role in one of them holds here too. */
  ancestors?: string[];
  /** While it can be restored: who deleted it, and when it will be erased. */
  closed_by?: string;
  erase_at?: Date;
}

export const accountCollection = defineCollection<AccountRecord>({
  name: 'accounts',
  domain: 'accounts',
  title: 'Account',
  erasure: keptBecause('goes last, when every service has reported'),
  fields: {
    owner_user_id: { type: String, required: true },
    created_by_user_id: { type: String, required: true },
    name: { type: String, required: true },
    company: String,
    status: { type: String, required: true },
    stripe_customer_id: String,
    plan: { type: String, required: true },
    limits: { type: Schema.Types.Mixed, required: true },
    plan_revision: { type: Number, required: true },
    awaiting_owner: Boolean,
    closed_by: String,
    erase_at: Date,
    ancestors: { type: [String], default: undefined },
  },
  indexes: [
    { keys: { owner_user_id: 1 } },
    { keys: { erase_at: 1 }, options: { partialFilterExpression: { erase_at: { $exists: true } } } },
    { keys: { ancestors: 1 }, options: { partialFilterExpression: { ancestors: { $exists: true } } } },
    { keys: { created_at: 1 }, options: { partialFilterExpression: { awaiting_owner: true } } },
  ],
});
