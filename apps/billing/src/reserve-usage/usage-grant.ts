import type { PlanId } from '#contracts';

export interface UsageRequest {
  accountId: string;
  reservationId: string;
  executionIds: readonly string[];
}

export interface UsageGrant {
  /** The first so many executions of the request are reserved. */
  granted: number;
  plan: PlanId;
  limit: number | null;
  used: number;
  resetAt: Date;
}
