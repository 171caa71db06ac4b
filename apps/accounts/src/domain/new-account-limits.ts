import type { PlanLimits } from '#contracts';

/**
 * What an account may have before billing has been heard of: the free plan. Billing owns the plans; what it says
 * replaces this at the first look at the account.
 */
export const NEW_ACCOUNT_LIMITS: PlanLimits = {
  max_helpers: 1,
  max_connections: 1,
  max_api_keys: 1,
  max_team_members: 1,
  max_executions: 100,
  webhooks_enabled: false,
};
