import { advanced, callAt, emptyState, leftIn, limitOf, type BudgetState } from './budget-state.js';
import type { RateScope } from './rate-budget.js';
import { endOf } from './window-counts.js';

/** What is left of one window, for people to look at. */
export interface WindowLeft {
  /** The scope's name. */
  scope: string;
  platform?: string;
  limit: number;
  /** Length of the window. */
  ms: number;
  remaining: number;
  /** When all of the limit can be used again, or when a pause ends that the vendor asked for. */
  resetsAt: Date;
}

/** @param state undefined for a scope that nobody has used lately */
export function windowsLeft(scope: RateScope, state: BudgetState | undefined, now: number): WindowLeft[] {
  const current = advanced(scope.windows, state ?? emptyState(scope.windows, now), now);
  const paused = current.pausedUntil > now;
  return scope.windows.map((window, index) => {
    const last = current.counts[index]?.at(-1);
    const fullAt = last === undefined ? now : endOf(window, last[0]);
    return {
      scope: scope.name,
      ...(scope.platform !== undefined && { platform: scope.platform }),
      limit: limitOf(window, current.named[index] ?? 0),
      ms: window.ms,
      remaining: paused ? 0 : leftIn(scope.windows, current, index),
      resetsAt: new Date(Math.max(fullAt, paused ? callAt(scope.windows, current, 0) : now)),
    };
  });
}

/** The window with the fewest calls left. */
export function tightest(windows: readonly WindowLeft[]): WindowLeft | undefined {
  const [first, ...others] = windows;
  if (first === undefined) return undefined;
  return others.reduce((least, next) => (next.remaining < least.remaining ? next : least), first);
}
