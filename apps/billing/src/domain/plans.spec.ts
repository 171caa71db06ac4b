import { describe, expect, it } from '@jest/globals';
import { limitsOnTheWire } from '#contracts';
import { planView } from '../list-plans/plan-view.js';
import { overageOf } from './overage.js';
import { allPlans, overagePolicy, planNamed, planOf } from './plans.js';

describe('Plans', () => {
  it('have the prices and limits of the price list', () => {
    const rows = allPlans().map((plan) => {
      const { max_helpers, max_connections, max_api_keys, max_team_members, max_executions } = limitsOnTheWire(
        plan.limits,
      );
      const counts = [max_helpers, max_connections, max_api_keys, max_team_members, max_executions];
      return [plan.id, plan.label, plan.priceMonthly, plan.priceAnnually, ...counts, plan.overagePerExecution];
    });
    expect(rows).toEqual([
      ['free', 'Sandbox', 0, 0, 1, 1, 1, 1, 100, null],
      ['start', 'Start', 39, 396, 10, 2, 2, 2, 5_000, '0.01'],
      ['grow', 'Grow', 59, 588, 50, 5, 10, 5, 25_000, '0.008'],
      ['deliver', 'Deliver', 79, 792, 999_999, 20, 100, 100, 100_000, '0.005'],
    ]);
  });

  it('stop at the limit when free and are metered when paid', () => {
    expect(allPlans().map(overagePolicy)).toEqual(['block', 'meter', 'meter', 'meter']);
    expect(allPlans().map((plan) => planView(plan).overage_per_execution)).toEqual([null, 0.01, 0.008, 0.005]);
    expect(allPlans().map((plan) => plan.limits.webhooks_enabled)).toEqual([false, true, true, true]);
  });

  it('are found by name only when we sell them', () => {
    expect(planNamed('grow')).toBe(planOf('grow'));
    expect(planNamed('gold')).toBeUndefined();
    expect(planNamed('toString')).toBeUndefined();
  });
});

describe('Overage', () => {
  it.each([
    ['start', 5_000, 0, 0],
    ['start', 5_001, 1, 1],
    ['grow', 25_001, 1, 1],
    ['grow', 25_003, 3, 2],
    ['deliver', 100_001, 1, 0],
    ['deliver', 100_003, 3, 2],
    ['deliver', 1_100_000, 1_000_000, 500_000],
    ['free', 250, 0, 0],
  ] as const)('%s with %i executions is %i beyond, %i cents', (plan, executions, beyond, cents) => {
    expect(overageOf(planOf(plan), executions)).toEqual({ executions: beyond, amountMinor: cents });
  });
});
