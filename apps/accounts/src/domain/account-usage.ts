import type { Account } from '#contracts';

export type AccountUsage = Account['usage'];

/** A new account has nothing but its owner. */
export const NEW_ACCOUNT_USAGE: AccountUsage = {
  helpers: 0,
  connections: 0,
  api_keys: 0,
  team_members: 1,
  monthly_executions: 0,
  monthly_api_requests: 0,
};
