import { describe, expect, it } from '@jest/globals';
import { planOf } from './plans.js';
import { churnRate, monthlyRevenueMinor } from './recurring-revenue.js';
import type { RevenueSubscription } from './recurring-revenue.js';

const on = (
  id: 'free' | 'start' | 'grow' | 'deliver',
  billingPeriod: RevenueSubscription['billingPeriod'] = 'monthly',
  status: RevenueSubscription['status'] = 'active',
): RevenueSubscription => ({ plan: planOf(id), status, billingPeriod });

describe('Monthly recurring revenue', () => {
  it.each([
    [[], 0],
    [[on('start')], 3_900],
    [[on('start', 'annual')], 3_300],
    [[on('grow', 'annual'), on('deliver', 'annual'), on('deliver')], 4_900 + 6_600 + 7_900],
    [[on('grow', 'monthly', 'past_due')], 5_900],
    [[on('grow', 'monthly', 'trialing'), on('grow', 'monthly', 'unpaid'), on('grow', 'monthly', 'cancelled')], 0],
    [[on('free')], 0],
  ])('of %j is %i cents', (subscriptions, cents) => {
    expect(monthlyRevenueMinor(subscriptions)).toBe(cents);
  });

  it('rounds once, not for each account', () => {
    const odd = { ...planOf('start'), priceAnnually: 100 };
    const three = [1, 2, 3].map(() => ({ plan: odd, status: 'active', billingPeriod: 'annual' }) as const);
    expect(monthlyRevenueMinor(three)).toBe(2_500);
  });
});

it.each([
  [[], [], 0],
  [[], ['a'], 0],
  [['a', 'b', 'c'], ['a', 'b', 'd'], 0.3333],
  [['a', 'b'], [], 1],
  [['a'], ['a'], 0],
])('Of %j who paid, %j pay: churn is %f', (before, after, rate) => {
  expect(churnRate(new Set(before), new Set(after))).toBe(rate);
});
