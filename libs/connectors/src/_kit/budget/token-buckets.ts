import type { PlatformRateLimits } from '../platform-manifest.js';

/** One window's bucket: it holds at most `capacity` calls and refills evenly. */
export interface Bucket {
  capacity: number;
  perMs: number;
}

/** What is left in each bucket at an instant (epoch milliseconds). Shared between processes as JSON. */
export interface BucketState {
  tokens: number[];
  at: number;
  /** The vendor asked for silence until then. */
  pausedUntil: number;
}

/** Part of a longer window's calls that may come at once; the rest refills over the window. */
const BURST_SHARE = 0.1;

/**
 * The buckets of a vendor's limits. In no window do calls exceed its limit:
 * - per second: capacity is the burst, as vendors describe it, less what a lease may carry into the next moment;
 * - per minute and hour: capacity plus one window's refill is the limit.
 * @param leaseMs how long a process may keep calls it has taken before it makes them
 */
export function bucketsOf(limits: PlatformRateLimits, leaseMs: number): Bucket[] {
  const buckets: Bucket[] = [];
  const perSecond = limits.requests_per_second;
  if (perSecond > 0) {
    const burst = Math.max(limits.burst_limit, perSecond);
    buckets.push({ capacity: Math.max(1, burst - (perSecond * leaseMs) / 1000), perMs: perSecond / 1000 });
  }
  const windows: [number, number][] = [
    [limits.requests_per_minute, 60_000],
    [limits.requests_per_hour, 3_600_000],
  ];
  for (const [limit, windowMs] of windows) {
    if (limit <= 0) continue;
    const capacity = Math.max(1, Math.min(limit / 2, Math.max(limits.burst_limit, limit * BURST_SHARE)));
    buckets.push({ capacity, perMs: Math.max(0, limit - capacity) / windowMs || 1 / windowMs });
  }
  return buckets;
}

export function fullState(buckets: readonly Bucket[], now: number): BucketState {
  return { tokens: buckets.map(({ capacity }) => capacity), at: now, pausedUntil: 0 };
}

/**
 * The state at a later instant. A clock that runs behind another process's adds nothing until it has caught up, so
 * that differing clocks cannot refill a bucket twice.
 */
export function refilled(buckets: readonly Bucket[], state: BucketState, now: number): BucketState {
  const passed = Math.max(0, now - state.at);
  const tokens = buckets.map(({ capacity, perMs }, index) => {
    const left = state.tokens[index] ?? capacity;
    return Math.min(capacity, left + passed * perMs);
  });
  return { ...state, tokens, at: Math.max(state.at, now) };
}

/** How many whole calls can be taken now, at most `wanted`. */
export function available(state: BucketState, wanted: number, now: number): number {
  if (state.pausedUntil > now) return 0;
  // Refilling in many small steps leaves 0.9999999 where 1 is meant.
  const least = Math.min(...state.tokens, wanted);
  return Math.max(0, Math.floor(least + 1e-6));
}

export function taken(state: BucketState, count: number): BucketState {
  return { ...state, tokens: state.tokens.map((left) => left - count) };
}

/** When `count` calls will be there at the earliest, in epoch milliseconds. */
export function readyAt(buckets: readonly Bucket[], state: BucketState, count: number, now: number): number {
  const waits = buckets.map(({ capacity, perMs }, index) => {
    const missing = Math.min(count, capacity) - (state.tokens[index] ?? 0);
    return missing <= 0 ? 0 : missing / perMs;
  });
  return Math.max(Math.ceil(Math.max(state.at, now) + Math.max(0, ...waits)), state.pausedUntil);
}
