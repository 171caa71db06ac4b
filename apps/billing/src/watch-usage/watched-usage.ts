import type { AccountPlan } from '../account-plans.js';
import type { PeriodUsage } from '../persistence/usage-counters.repository.js';

/** What an account used in a period, as it is looked at. */
export interface WatchedUsage extends AccountPlan {
  accountId: string;
  /** Key of the period, which need not be the present one. */
  key: string;
  executions: PeriodUsage;
  /** Whether it is the period that runs now, so that the limit of the plan is the limit of these executions. */
  isPresent: boolean;
}
