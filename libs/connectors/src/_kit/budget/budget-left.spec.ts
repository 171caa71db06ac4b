import { describe, expect, it } from '@jest/globals';
import { counted, emptyState } from './budget-state.js';
import { tightest, windowsLeft } from './budget-left.js';

const now = 1_700_000_000_000;
const windows = [
  { limit: 20, ms: 1_000 },
  { limit: 100, ms: 60_000 },
];
const scope = { key: 'k', name: 'account', windows };
const none = emptyState(windows, now);

describe('what is left of a budget', () => {
  it('is the whole budget where nobody has called lately', () => {
    const left = windowsLeft(scope, undefined, now);
    expect(left).toEqual([
      { scope: 'account', limit: 20, ms: 1_000, remaining: 20, resetsAt: new Date(now) },
      { scope: 'account', limit: 100, ms: 60_000, remaining: 100, resetsAt: new Date(now) },
    ]);
    expect(tightest(left)).toBe(left[0]);
  });

  it('lacks what was used in each window, and says when all of it is back', () => {
    const [second, minute] = windowsLeft(scope, counted(windows, none, now - 1_500, 15), now);
    expect(second?.remaining).toBe(20);
    expect(minute?.remaining).toBe(85);
    expect(minute?.resetsAt.getTime()).toBeGreaterThan(now + 58_000);
    expect(minute?.resetsAt.getTime()).toBeLessThan(now + 61_000);
  });

  it('is nothing while the vendor wants a pause', () => {
    const [second] = windowsLeft(scope, { ...none, pausedUntil: now + 30_000 }, now);
    expect(second).toMatchObject({ remaining: 0, resetsAt: new Date(now + 30_000) });
  });

  it('does not exist without limits', () => {
    expect(tightest([])).toBeUndefined();
  });
});
