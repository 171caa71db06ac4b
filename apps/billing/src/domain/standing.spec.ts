import { describe, expect, it } from '@jest/globals';
import type { SubscriptionStatus } from '#contracts';
import { rulingSubscription } from './known-subscription.js';
import { standingOf } from './standing.js';
import type { FormerStanding } from './standing.js';
import { DAY_MS, inDays, NOW, knownSubscription as subscription } from '../testing/known-subscription.js';

const GRACE = 7 * DAY_MS;

const former = (status: SubscriptionStatus, grace_until: Date | null = null, id = 'sub_1'): FormerStanding => ({
  status,
  grace_until,
  subscription_id: id,
});
const standing = (status: SubscriptionStatus, before?: FormerStanding, at = NOW) =>
  standingOf(subscription({ status }), before, at, GRACE);

describe('What an account may use', () => {
  it.each([
    ['active', 'grow'],
    ['trialing', 'grow'],
    ['past_due', 'grow'],
    ['unpaid', 'free'],
    ['incomplete', 'free'],
    ['cancelled', 'free'],
  ] as const)('%s gives the plan %s', (status, plan) => {
    const { plan: given, period_anchor, status: kept } = standing(status, former('active'));
    expect([given, kept, period_anchor !== null]).toEqual([plan, status, plan === 'grow']);
  });

  it('goes on for the grace after a failed payment, and no longer', () => {
    const failed = standing('past_due', former('active'));
    expect(failed.grace_until).toEqual(inDays(7));
    const later = (days: number) => standing('past_due', former('past_due', failed.grace_until), inDays(days));
    expect(later(6.99)).toMatchObject({ plan: 'grow', grace_until: inDays(7) });
    expect(later(7)).toMatchObject({ plan: 'free', status: 'past_due', grace_until: inDays(7) });
  });

  it('does not begin a second grace before something was paid', () => {
    const given = inDays(2);
    expect(standing('unpaid', former('past_due', given)).grace_until).toEqual(given);
    expect(standing('past_due', former('unpaid', inDays(-1)))).toMatchObject({ plan: 'free', grace_until: inDays(-1) });
    expect(standing('active', former('past_due', given)).grace_until).toBeNull();
    expect(standing('past_due', former('active')).grace_until).toEqual(inDays(7));
  });

  it('gives a new subscription a grace of its own', () => {
    expect(standing('past_due', former('past_due', inDays(-1), 'sub_0')).grace_until).toEqual(inDays(7));
  });

  it('gives nothing for a plan that we do not sell', () => {
    const { plan, period_anchor } = standingOf(subscription({ plan: 'free' }), undefined, NOW, GRACE);
    expect([plan, period_anchor]).toEqual(['free', null]);
  });
});

describe('The subscription that counts', () => {
  const ids = (...all: [string, SubscriptionStatus, number][]) =>
    rulingSubscription(all.map(([id, status, days]) => subscription({ id, status, created_at: inDays(days) })))?.id;

  it('is the newest of those that give a plan', () => {
    expect(ids(['old', 'active', -9], ['new', 'trialing', -1], ['gone', 'cancelled', 0])).toBe('new');
    expect(ids(['paid', 'active', -9], ['tried', 'incomplete', -1])).toBe('paid');
    expect(ids(['late', 'past_due', -9], ['tried', 'incomplete', -1])).toBe('late');
    expect(ids(['older', 'cancelled', -9], ['old', 'cancelled', -1])).toBe('old');
    expect(ids()).toBeUndefined();
  });
});
