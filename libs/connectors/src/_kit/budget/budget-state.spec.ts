import { describe, expect, it } from '@jest/globals';
import { advanced, callAt, counted, emptyState, free, moved, reported } from './budget-state.js';
import { DAY_MS } from './vendor-budget.js';

const now = Date.UTC(2026, 0, 15, 12);
const rolling = [{ limit: 10, ms: 1_000 }];

describe('a rolling window', () => {
  it('has no room for more than its limit until the first calls are a whole window old', () => {
    const state = counted(rolling, emptyState(rolling, now), now, 10);
    expect(free(rolling, state)).toBe(0);
    const again = callAt(rolling, state, 0);
    expect(free(rolling, advanced(rolling, state, now + 1_000))).toBe(0);
    expect(again).toBeGreaterThanOrEqual(now + 1_100);
    expect(again).toBeLessThanOrEqual(now + 1_130);
    expect(free(rolling, advanced(rolling, state, again))).toBe(10);
  });

  it('tells each further call its own window', () => {
    const state = counted(rolling, emptyState(rolling, now), now, 10);
    const [first, tenth, eleventh] = [0, 9, 10].map((nth) => callAt(rolling, state, nth));
    expect(tenth).toBe(first);
    expect(Number(eleventh) - Number(first)).toBe(1_100);
  });

  it('keeps a call that was late until it is a window old', () => {
    const state = moved(rolling, counted(rolling, emptyState(rolling, now), now, 10), now, now + 400);
    expect(free(rolling, advanced(rolling, state, now + 1_130))).toBe(9);
    expect(free(rolling, advanced(rolling, state, now + 1_530))).toBe(10);
  });

  it('does not end sooner for a clock that runs behind', () => {
    const state = counted(rolling, emptyState(rolling, now), now, 10);
    expect(free(rolling, advanced(rolling, state, now - 5_000))).toBe(0);
  });
});

describe('a day', () => {
  const day = [{ limit: 100, ms: DAY_MS, resets: 'utc_midnight' as const }];

  it('begins anew at midnight', () => {
    const state = counted(day, emptyState(day, now), now, 100);
    expect(callAt(day, state, 0)).toBe(Date.UTC(2026, 0, 16));
    expect(free(day, advanced(day, state, Date.UTC(2026, 0, 16) - 1))).toBe(0);
    expect(free(day, advanced(day, state, Date.UTC(2026, 0, 16)))).toBe(100);
  });
});

describe('the vendor’s word', () => {
  it('takes away what others have used', () => {
    const state = reported(rolling, emptyState(rolling, now), [{ window: 0, remaining: 3 }]);
    expect(state && free(rolling, state)).toBe(3);
  });

  it('gives nothing back', () => {
    const used = counted(rolling, emptyState(rolling, now), now, 8);
    expect(reported(rolling, used, [{ window: 0, remaining: 9 }])).toBeUndefined();
  });

  it('keeps what others have used until the vendor counts anew', () => {
    const minute = [{ limit: 180, ms: 60_000 }];
    const state = reported(minute, emptyState(minute, now), [{ window: 0, remaining: 0, resetsAt: now + 20_000 }]);
    const again = state && callAt(minute, state, 0);
    expect(again).toBeGreaterThanOrEqual(now + 20_000);
    expect(again).toBeLessThan(now + 22_000);
  });

  it.each([
    ['lowers a limit', { limit: 10, ms: 1_000 }, 4, 4],
    ['raises none by itself', { limit: 10, ms: 1_000 }, 40, 10],
    ['raises one that depends on the plan', { limit: 10, most: 30, ms: 1_000 }, 19, 19],
    ['raises it as far as we believe', { limit: 10, most: 30, ms: 1_000 }, 190, 30],
  ])('%s', (_case, window, limit, left) => {
    const state = reported([window], emptyState([window], now), [{ window: 0, remaining: 1_000, limit }]);
    expect(state && free([window], state)).toBe(left);
  });
});
