import type { PlatformRateLimits } from '../platform-manifest.js';

/** Who shares a vendor's limits: one connection, or all customers of an OAuth client. */
export interface RateScope {
  /** The same in every process that calls with these credentials. */
  key: string;
  limits: PlatformRateLimits;
}

export type BudgetAnswer = { ok: true } | { ok: false; retryAt: Date };

/** Permission to call a vendor, taken before each call. */
export interface RateBudget {
  /**
   * Takes `count` calls out of the scope's budget, or says when to come back. It never waits longer than it takes to
   * ask the other processes.
   */
  take(scope: RateScope, count: number): BudgetAnswer | Promise<BudgetAnswer>;
  /** The vendor itself said when to come back: nobody who shares the scope calls before. */
  pause(scope: RateScope, until: Date): void;
}

/** Whether any window is limited; without one no budget is asked at all. */
export function isLimited(limits: PlatformRateLimits): boolean {
  return limits.requests_per_second > 0 || limits.requests_per_minute > 0 || limits.requests_per_hour > 0;
}
