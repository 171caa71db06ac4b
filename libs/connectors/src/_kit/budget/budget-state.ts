import type { ReportedWindow } from './rate-budget.js';
import { added, current, fitsAt, used, type SlotCount } from './window-counts.js';
import type { BudgetWindow } from './vendor-budget.js';
import type { Parties } from './fair-share.js';

/** One scope's budget as all processes share it, as JSON. Instants are epoch milliseconds. */
export interface BudgetState {
  at: number;
  /** For each window the calls of its stretches. */
  counts: SlotCount[][];
  /** For each window the limit that the vendor named last; 0 where it has named none. */
  named: number[];
  /** The vendor asked for silence until then. */
  pausedUntil: number;
  parties: Parties;
  /** Fair time: rises with every call that is granted while calls are scarce. */
  turn: number;
}

export function emptyState(windows: readonly BudgetWindow[], now: number): BudgetState {
  const none = windows.map(() => 0);
  return { at: now, counts: windows.map(() => []), named: none, pausedUntil: 0, parties: {}, turn: 0 };
}

/**
 * The state at a later instant. A clock that runs behind another process's sees nothing end before that one does, so
 * that differing clocks cannot use a window twice.
 */
export function advanced(windows: readonly BudgetWindow[], state: BudgetState, now: number): BudgetState {
  const at = Math.max(state.at, now);
  return {
    ...state,
    at,
    counts: windows.map((window, index) => current(window, state.counts[index] ?? [], at)),
    named: windows.map((_window, index) => state.named[index] ?? 0),
  };
}

/** The limit that holds: ours, or the vendor's own word for this customer. */
export function limitOf(window: BudgetWindow, named: number): number {
  return named > 0 ? Math.min(named, window.most ?? window.limit) : window.limit;
}

const limitAt = (windows: readonly BudgetWindow[], state: BudgetState, index: number): number => {
  const window = windows[index];
  return window === undefined ? 0 : limitOf(window, state.named[index] ?? 0);
};

export function leftIn(windows: readonly BudgetWindow[], state: BudgetState, index: number): number {
  return Math.max(0, limitAt(windows, state, index) - used(state.counts[index] ?? []));
}

/** How many calls every window still has room for; none in a pause. */
export function free(windows: readonly BudgetWindow[], state: BudgetState): number {
  if (state.pausedUntil > state.at) return 0;
  return Math.min(...windows.map((_window, index) => leftIn(windows, state, index)));
}

/** The limit and length of the longest window that rolls: what parties have shares of. */
export function widestLimit(windows: readonly BudgetWindow[], state: BudgetState): { calls: number; ms: number } {
  return windows.reduce(
    (widest, window, index) =>
      window.resets === undefined && window.ms > widest.ms
        ? { calls: limitAt(windows, state, index), ms: window.ms }
        : widest,
    { calls: 0, ms: 0 },
  );
}

/** When the `nth` call (from 0) can be made, counting those that can be made at once. */
export function callAt(windows: readonly BudgetWindow[], state: BudgetState, nth: number): number {
  const each = windows.map((window, index) =>
    fitsAt(window, state.counts[index] ?? [], limitAt(windows, state, index), nth, state.at),
  );
  return Math.max(state.pausedUntil, ...each);
}

export function counted(windows: readonly BudgetWindow[], state: BudgetState, at: number, count: number): BudgetState {
  return {
    ...state,
    counts: windows.map((window, index) => added(window, state.counts[index] ?? [], at, count)),
  };
}

/** Moves a call to when it reached the vendor. Days are not moved: midnight is far away for most. */
export function moved(windows: readonly BudgetWindow[], state: BudgetState, from: number, to: number): BudgetState {
  const counts = windows.map((window, index) => {
    const slots = state.counts[index] ?? [];
    if (window.resets !== undefined) return slots;
    const without = added(window, slots, from, -1);
    // A stretch that has ended meanwhile holds nothing to take away; the call counts now all the same.
    return added(window, without, to, 1);
  });
  return { ...state, counts };
}

/** The state after the vendor's word on some of its windows; undefined when it says nothing new. */
export function reported(
  windows: readonly BudgetWindow[],
  before: BudgetState,
  reports: readonly ReportedWindow[],
): BudgetState | undefined {
  let state = before;
  for (const { window: index, remaining, limit, resetsAt } of reports) {
    const window = windows[index];
    if (window === undefined) continue;
    if (limit !== undefined && limit > 0 && limit !== state.named[index]) {
      state = { ...state, named: state.named.map((known, position) => (position === index ? limit : known)) };
    }
    const more = leftIn(windows, state, index) - remaining;
    if (more <= 0) continue;
    const at = window.resets === undefined && resetsAt !== undefined ? resetsAt - window.ms : state.at;
    const slots = added(window, state.counts[index] ?? [], Math.min(at, state.at), more);
    state = { ...state, counts: state.counts.map((known, position) => (position === index ? slots : known)) };
  }
  return state === before ? undefined : state;
}
