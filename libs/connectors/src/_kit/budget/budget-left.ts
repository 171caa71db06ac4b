import type { PlatformRateLimits } from '../platform-manifest.js';
import { bucketsOf, fullState, refilled, type BucketState } from './token-buckets.js';

/** What is left of a budget's tightest window, for people to look at. */
export interface BudgetLeft {
  /** Calls that fit into the window at once. */
  limit: number;
  remaining: number;
  /** When all of them can be made again. */
  resetsAt: Date;
}

/**
 * @param state undefined for a scope that nobody has used lately
 * @param leaseMs as the budget keeps it
 * @returns undefined for a scope without limits
 */
export function budgetLeft(
  limits: PlatformRateLimits,
  state: BucketState | undefined,
  now: number,
  leaseMs: number,
): BudgetLeft | undefined {
  const buckets = bucketsOf(limits, leaseMs);
  const current = state === undefined ? fullState(buckets, now) : refilled(buckets, state, now);
  const windows = buckets.map((bucket, index) => {
    const left = Math.max(0, current.tokens[index] ?? bucket.capacity);
    return { left, capacity: bucket.capacity, fullAt: now + (bucket.capacity - left) / bucket.perMs };
  });
  const [first, ...others] = windows;
  if (first === undefined) return undefined;
  const tightest = others.reduce((least, next) => (next.left < least.left ? next : least), first);
  const paused = current.pausedUntil > now;
  return {
    limit: Math.floor(tightest.capacity),
    remaining: paused ? 0 : Math.floor(tightest.left + 1e-6),
    resetsAt: new Date(Math.ceil(Math.max(tightest.fullAt, current.pausedUntil, now))),
  };
}
