import type { BudgetWindow } from './vendor-budget.js';

/** Who shares a vendor's limits: one connection, one account at the vendor, or all customers of an OAuth client. */
export interface RateScope {
  /** The same in every process that calls on this budget. */
  key: string;
  /** For labels and messages; never an id. */
  name: string;
  platform?: string;
  windows: readonly BudgetWindow[];
  /** Calls of others than this connection's account are counted here, too. */
  shared?: boolean;
  /** Only calls that name this budget are counted. */
  only?: boolean;
}

/** `at`: the instant as of which the calls are counted. */
export type BudgetAnswer = { ok: true; at: number } | { ok: false; retryAt: Date };

/** How the vendor says that a window stands. */
export interface ReportedWindow {
  /** Position in the scope's windows. */
  window: number;
  remaining: number;
  limit?: number;
  /** When the vendor begins to count anew. */
  resetsAt?: number;
}

/** Permission to call a vendor, taken before each call. */
export interface RateBudget {
  /**
   * Takes `count` calls out of the scope's budget, or says when to come back. It never waits longer than it takes to
   * ask the other processes.
   * @param party among whom scarce calls are shared fairly: a helper, or a connection
   */
  take(scope: RateScope, count: number, party?: string): BudgetAnswer | Promise<BudgetAnswer>;
  /** Calls that were taken as of `at` but not made: others may make them. */
  giveBack(scope: RateScope, at: number, count: number): void;
  /** Calls that were taken as of `at` reached the vendor as late as `reached`: its windows end that much later. */
  delayed(scope: RateScope, at: number, reached: number): void;
  /** The vendor said how its windows stand; what it counts more than we do was used by others. */
  report(scope: RateScope, windows: readonly ReportedWindow[]): void;
  /** The vendor itself said when to come back: nobody who shares the scope calls before. */
  pause(scope: RateScope, until: Date): void;
}
