import type { BudgetWindow } from './vendor-budget.js';

/** Calls in one stretch of a window: [number of the stretch, calls]. */
export type SlotCount = [number, number];

const SLOTS = 50;
/** What a call may need to reach the vendor beyond the usual; later ones are counted anew. */
const SHORTEST_GUARD_MS = 100;
const GUARD_SHARE = 0.01;

/**
 * For how long longer than its window a call counts: two calls that leave one window apart may arrive closer together.
 */
export function guardMs(window: BudgetWindow): number {
  return window.resets === undefined ? Math.max(SHORTEST_GUARD_MS, window.ms * GUARD_SHARE) : 0;
}

const slotMs = (window: BudgetWindow): number => (window.resets === undefined ? window.ms / SLOTS : window.ms);

export const slotAt = (window: BudgetWindow, at: number): number => Math.floor(at / slotMs(window));

/** When calls of a stretch no longer count. */
export function endOf(window: BudgetWindow, slot: number): number {
  const slotEnd = (slot + 1) * slotMs(window);
  return window.resets === undefined ? slotEnd + window.ms + guardMs(window) : slotEnd;
}

/** Without the stretches that no longer count. */
export function current(window: BudgetWindow, slots: readonly SlotCount[], now: number): SlotCount[] {
  return slots.filter(([slot]) => endOf(window, slot) > now);
}

export function used(slots: readonly SlotCount[]): number {
  return slots.reduce((sum, [, count]) => sum + count, 0);
}

/** Adds calls as of an instant, or takes some away; a stretch never counts less than nothing. */
export function added(window: BudgetWindow, slots: readonly SlotCount[], at: number, count: number): SlotCount[] {
  const slot = slotAt(window, at);
  const others = slots.filter(([known]) => known !== slot);
  const before = slots.find(([known]) => known === slot)?.[1] ?? 0;
  const after = before + count;
  return (after > 0 ? [...others, [slot, after] satisfies SlotCount] : others).toSorted(([a], [b]) => a - b);
}

/** When the `nth` call (from 0) beyond what fits now will fit, if nobody else comes. */
export function fitsAt(
  window: BudgetWindow,
  slots: readonly SlotCount[],
  limit: number,
  nth: number,
  now: number,
): number {
  const free = limit - used(slots);
  if (nth < free) return now;
  // Each full round of the limit takes one window more.
  const lap = window.resets === undefined ? window.ms + guardMs(window) : window.ms;
  const rounds = Math.floor((nth - free) / Math.max(1, limit));
  let missing = ((nth - free) % Math.max(1, limit)) + 1;
  for (const [slot, count] of slots) {
    missing -= count;
    if (missing <= 0) return endOf(window, slot) + rounds * lap;
  }
  return now + (rounds + 1) * lap;
}
