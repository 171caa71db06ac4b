import type { PlatformRateLimits } from '../platform-manifest.js';

/** Headers in which a vendor tells how one of its windows stands. */
export interface BudgetHeaders {
  remaining: string;
  limit?: string;
  /** Seconds until the window begins anew. */
  resetSeconds?: string;
}

/** So many calls in so much time. */
export interface BudgetWindow {
  limit: number;
  ms: number;
  /** As many as the vendor's own header may allow a better plan; without it a header can only lower the limit. */
  most?: number;
  /** Counted from one midnight (UTC) to the next; otherwise the window rolls. */
  resets?: 'utc_midnight';
  headers?: BudgetHeaders;
}

/** One of the ways in which a vendor counts calls. A connection's calls must fit into all that concern it. */
export interface VendorBudget {
  /** Part of keys and labels: `oauth_client`, `location`, `search`. */
  name: string;
  /** Whose calls are counted together: all our customers', one account's at the vendor, or one key's. */
  of: 'oauth_client' | 'account' | 'credential';
  windows: readonly BudgetWindow[];
  /** Only calls signed in this way. */
  signedBy?: 'token' | 'key';
  /** Only calls that name this budget, such as searches. */
  only?: boolean;
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/**
 * The windows of a platform that only has the figures of its public record. A burst may come in one second; over ten
 * seconds the rate holds.
 */
export function windowsOf(limits: PlatformRateLimits): BudgetWindow[] {
  const { requests_per_second: rate, requests_per_minute, requests_per_hour, burst_limit } = limits;
  const windows: BudgetWindow[] = [];
  if (rate > 0) windows.push({ limit: Math.max(rate, burst_limit), ms: SECOND_MS });
  if (rate > 0 && burst_limit > rate) windows.push({ limit: Math.max(rate * 10, burst_limit), ms: 10 * SECOND_MS });
  if (requests_per_minute > 0) windows.push({ limit: requests_per_minute, ms: MINUTE_MS });
  if (requests_per_hour > 0) windows.push({ limit: requests_per_hour, ms: 60 * MINUTE_MS });
  return windows;
}
