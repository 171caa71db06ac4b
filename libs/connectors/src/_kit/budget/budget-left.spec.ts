import { describe, expect, it } from '@jest/globals';
import { rateLimits } from '../platform-manifest.js';
import { budgetLeft } from './budget-left.js';

const now = 1_000_000;

describe('budgetLeft', () => {
  it('is the whole budget where nobody has called lately', () => {
    expect(budgetLeft(rateLimits(10, 0, 0, 20), undefined, now, 0)).toEqual({
      limit: 20,
      remaining: 20,
      resetsAt: new Date(now),
    });
  });

  it('counts what came back since, and says when all of it is back', () => {
    const state = { tokens: [5], at: now - 500, pausedUntil: 0 };
    expect(budgetLeft(rateLimits(10, 0, 0, 20), state, now, 0)).toEqual({
      limit: 20,
      remaining: 10,
      resetsAt: new Date(now + 1_000),
    });
  });

  it('speaks of the tightest window', () => {
    const state = { tokens: [5, 1], at: now, pausedUntil: 0 };
    expect(budgetLeft(rateLimits(2, 120, 0, 5), state, now, 0)?.remaining).toBe(1);
  });

  it('is nothing while the vendor wants a pause', () => {
    const state = { tokens: [20], at: now, pausedUntil: now + 30_000 };
    expect(budgetLeft(rateLimits(10, 0, 0, 20), state, now, 0)).toEqual({
      limit: 20,
      remaining: 0,
      resetsAt: new Date(now + 30_000),
    });
  });

  it('does not exist without limits', () => {
    expect(budgetLeft(rateLimits(0, 0, 0, 0), undefined, now, 0)).toBeUndefined();
  });
});
