import { z } from 'zod';
import { defineQuestion } from '../define-question.js';
import { MEMBERSHIP_STATUSES } from '../membership.js';
import { PlanLimitsOnTheWire } from '../plan-limits.js';
import { PLANS, ROLES } from '../roles.js';

const service = 'accounts';

/** `closing`: its owner has deleted it and can restore it for a while. */
export const ACCOUNT_STATUSES = ['active', 'suspended', 'cancelled', 'closing'] as const;

/** An account as clients read it. Unlimited is 999999 here: that is what they know. */
export const Account = z
  .object({
    account_id: z.string(),
    owner_user_id: z.string(),
    created_by_user_id: z.string(),
    name: z.string(),
    company: z.string(),
    plan: z.enum(PLANS),
    status: z.enum(ACCOUNT_STATUSES),
    /** While the account can be restored after its deletion. */
    erase_at: z.iso.datetime().optional(),
    stripe_customer_id: z.string().optional(),
    /** The account that this one lies below; absent in a root. */
    parent_account_id: z.string().optional(),
    /** Ids from the root to this account, each after a slash; absent in a root, as its level is. */
    account_path: z.string().optional(),
    /** 1 for an account right below a root. */
    level: z.number().int().optional(),
    settings: PlanLimitsOnTheWire,
    /** What the owners of the rows counted last; at most 5 s old while they answer. */
    usage: z.object({
      helpers: z.number().int(),
      connections: z.number().int(),
      api_keys: z.number().int(),
      team_members: z.number().int(),
      monthly_executions: z.number().int(),
      monthly_api_requests: z.number().int(),
    }),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof Account>;

/** One of the accounts a user can act in. */
export const AvailableAccount = z.object({
  account_id: z.string(),
  account_name: z.string(),
  role: z.enum(ROLES),
});
export type AvailableAccount = z.infer<typeof AvailableAccount>;

export const accountsQuestions = {
  createAccount: defineQuestion({
    service,
    name: 'create-account',
    summary:
      'Makes an account and its owner membership in one transaction; repeating it changes nothing. ' +
      'An account whose owner never comes into being is removed after an hour.',
    request: z.object({
      account_id: z.string(),
      user_id: z.string(),
      name: z.string().min(1),
      company: z.string(),
    }),
    answer: z.object({ account: Account, role: z.enum(ROLES) }),
  }),
  getMembership: defineQuestion({
    service,
    name: 'get-membership',
    summary:
      "A user's active membership in an account, or in the oldest one when none is named; " +
      '403 account.no_membership when there is none.',
    request: z.object({
      user_id: z.string(),
      account_id: z.string().optional(),
      /** False answers the last known usage without asking the owners of the rows: for checks on hot paths. */
      fresh_usage: z.boolean().default(true),
    }),
    answer: z.object({
      account: Account,
      role: z.enum(ROLES),
      status: z.enum(MEMBERSHIP_STATUSES),
      available_accounts: z.array(AvailableAccount),
    }),
  }),
  getAccount: defineQuestion({
    service,
    name: 'get-account',
    summary: 'An account by id; 404 when there is none.',
    request: z.object({ account_id: z.string() }),
    answer: Account,
  }),
  preferencesOfUser: defineQuestion({
    service,
    name: 'preferences-of-user',
    summary: 'What a user wants to be told about, defaults included.',
    request: z.object({ user_id: z.string() }),
    answer: z.object({ wants: z.record(z.string(), z.boolean()) }),
  }),
  countAccounts: defineQuestion({
    service,
    name: 'count-accounts',
    summary: 'How many accounts there are, those that are being deleted left out; for operators.',
    request: z.object({}),
    answer: z.object({ count: z.number().int().min(0) }),
  }),
  countTeam: defineQuestion({
    service,
    name: 'count-team',
    summary: 'How many members an account has, invited ones and the owner included.',
    request: z.object({ account_id: z.string() }),
    answer: z.object({ count: z.number().int().min(0) }),
  }),
} as const;
