import { describe, expect, it } from '@jest/globals';
import type { KnownSubscription } from './known-subscription.js';
import { standingOf } from './standing.js';
import { newsOf } from './subscription-news.js';
import type { KnownInvoice, Look } from './subscription-news.js';
import { inDays, NOW, knownSubscription as known } from '../testing/known-subscription.js';

const invoice = (changes: Partial<KnownInvoice> = {}): KnownInvoice => ({
  id: 'in_1',
  status: 'open',
  number: 'N-1',
  currency: 'usd',
  amount_due: 5_900,
  amount_paid: 0,
  attempts: 0,
  automatic: true,
  created_at: inDays(-1),
  due_at: undefined,
  url: undefined,
  ...changes,
});

interface Scene {
  former?: KnownSubscription;
  now?: KnownSubscription;
  invoices?: KnownInvoice[];
  told?: string[];
}
function news({ former, now = known(), invoices = [], told = [] }: Scene) {
  const before = { status: former?.status ?? ('active' as const), grace_until: null, subscription_id: former?.id };
  const look: Look = {
    before: { plan: former ? standingOf(former, undefined, NOW, 1_000).plan : 'free', known: former, told },
    known: now,
    standing: standingOf(now, before, NOW, 1_000),
    invoices,
    at: NOW,
  };
  return newsOf(look).map((each) => (each.kind === 'changed' ? `${each.change} to ${each.plan}` : each.kind));
}

describe('What an account is told about its subscription', () => {
  it.each<[string, Scene, string[]]>([
    ['the first look', {}, ['welcome']],
    ['a second look', { former: known() }, []],
    ['a first payment that is still to come', { now: known({ status: 'incomplete' }) }, []],
    ['that payment', { former: known({ status: 'incomplete' }) }, ['welcome']],
    ['one that expired', { former: known({ status: 'incomplete' }), now: known({ status: 'cancelled' }) }, []],
    ['a new subscription after an old one', { former: known({ id: 'sub_0', status: 'cancelled' }) }, ['welcome']],
    ['a better plan', { former: known({ plan: 'start' }) }, ['upgraded to grow']],
    ['a smaller plan', { former: known({ plan: 'deliver' }) }, ['downgraded to grow']],
    ['another rhythm', { former: known(), now: known({ billing_period: 'annual' }) }, ['changed to grow']],
    ['an announced end', { former: known(), now: known({ cancel_at: inDays(3) }) }, ['cancelled']],
    ['its coming', { former: known({ cancel_at: NOW }), now: known({ status: 'cancelled', cancel_at: NOW }) }, []],
    [
      'an end before it',
      { former: known({ cancel_at: inDays(3) }), now: known({ status: 'cancelled' }) },
      ['cancelled'],
    ],
    ['a sudden end', { former: known(), now: known({ status: 'cancelled' }) }, ['cancelled']],
    ['the way back', { former: known({ cancel_at: inDays(3) }) }, ['resumed to grow']],
    ['unpaid for good', { former: known(), now: known({ status: 'unpaid' }) }, ['downgraded to free']],
    ['paid after all', { former: known({ status: 'unpaid' }) }, ['resumed to grow']],
  ])('%s', (_name, scene, expected) => {
    expect(news(scene)).toEqual(expected);
  });

  const trial = (days: number, changes: Partial<KnownSubscription> = {}): Scene => {
    const now = known({ status: 'trialing', trial_ends_at: inDays(days), ...changes });
    return { former: now, now };
  };
  it.each<[string, Scene, string[]]>([
    ['long before its end', trial(4), []],
    ['three days before', trial(3), ['trial_ending']],
    ['an hour before', trial(0.04), ['trial_ending']],
    ['after it', trial(-0.1), []],
    ['before an end that is wanted', trial(2, { cancel_at: inDays(2) }), []],
  ])('a trial %s', (_name, scene, expected) => {
    expect(news(scene)).toEqual(expected);
  });

  it.each<[string, Partial<KnownInvoice>, string[]]>([
    ['not tried yet', {}, []],
    ['tried in vain', { attempts: 1 }, ['payment_failed']],
    ['paid', { status: 'paid', amount_paid: 5_900, attempts: 1 }, ['payment_succeeded']],
    ['of nothing, as for a trial', { status: 'paid', amount_due: 0 }, []],
    ['paid long ago', { status: 'paid', amount_paid: 5_900, created_at: inDays(-8) }, []],
    ['to be paid by hand', { automatic: false }, ['invoiced']],
    ['given up', { status: 'uncollectible', attempts: 4 }, []],
    ['void', { status: 'void' }, []],
  ])('an invoice %s', (_name, changes, expected) => {
    expect(news({ former: known(), invoices: [invoice(changes)] })).toEqual(expected);
  });

  it('is told once: each attempt of a payment is news, and nothing that was told', () => {
    const told = ['welcome/sub_1', 'payment_failed/in_1/1'];
    expect(news({ told, invoices: [invoice({ attempts: 1 })] })).toEqual([]);
    expect(news({ told, invoices: [invoice({ attempts: 2 })] })).toEqual(['payment_failed']);
  });
});
