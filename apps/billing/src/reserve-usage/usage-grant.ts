import type { PlanId } from '#contracts';
import type { AccountPlan } from '../account-plans.js';

export interface UsageRequest {
  accountId: string;
  reservationId: string;
  executionIds: readonly string[];
}

/** A request with the plan it is judged by. */
export interface PlannedRequest extends UsageRequest {
  accountPlan: AccountPlan;
}

export interface UsageGrant {
  /** The first so many executions of the request are reserved. */
  granted: number;
  plan: PlanId;
  limit: number | null;
  /** Null on metered plans. */
  used: number | null;
  resetAt: Date;
}
