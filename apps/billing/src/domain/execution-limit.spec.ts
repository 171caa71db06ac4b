import { expect, it } from '@jest/globals';
import { executionLimitOf } from './execution-limit.js';
import { overageOf } from './overage.js';
import { planOf } from './plans.js';

it.each([
  ['free', undefined, 100],
  ['free', 10_000, 100],
  ['start', undefined, null],
  ['start', null, null],
  ['start', 0, 5_000],
  ['start', 1_000, 6_000],
  ['grow', 1, 25_001],
  ['grow', 999, 26_248],
  ['deliver', 123, 100_246],
] as const)('%s with a cap of %p cents accepts %p executions', (plan, cap, limit) => {
  expect(executionLimitOf(planOf(plan), cap)).toBe(limit);
});

it('the last execution under a cap costs no more than the cap', () => {
  for (const id of ['start', 'grow', 'deliver'] as const) {
    for (let cap = 0; cap < 200; cap += 1) {
      const plan = planOf(id);
      const limit = executionLimitOf(plan, cap) ?? 0;
      const cost = (executions: number): number =>
        (executions - (plan.limits.max_executions ?? 0)) * Number(plan.overagePerExecution) * 100;
      expect(cost(limit)).toBeLessThanOrEqual(cap + 1e-9);
      expect(cost(limit + 1)).toBeGreaterThan(cap);
      expect(overageOf(plan, limit).amountMinor).toBeLessThanOrEqual(cap);
    }
  }
});
