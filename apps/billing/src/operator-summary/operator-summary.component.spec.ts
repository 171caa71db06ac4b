import { environment, neighbourhood, startBilling } from '../testing/billing-under-test.js';
import type { BillingUnderTest } from '../testing/billing-under-test.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, scopeOf } from '#contracts';
import { waitFor } from '#testing';
import { calendarMonth } from '../domain/billing-period.js';
import { PlanChangesRepository } from '../persistence/plan-changes.repository.js';
import { SubscriptionsRepository } from '../persistence/subscriptions.repository.js';
import { UsageWatch } from '../watch-usage/usage-watch.js';

const TOKEN = 'operators-of-the-suite-know-this-token';

describe('The summary for operators', () => {
  let billing: BillingUnderTest;

  beforeAll(async () => {
    process.env['MFH_OPERATOR_TOKEN'] = TOKEN;
    process.env['MFH_WATCH_USAGE_MS'] = '3600000';
    billing = await startBilling();
  });
  afterAll(async () => {
    await billing.stop();
    await environment.dispose();
  });

  const ask = async (query = '', authorization: string | undefined = `Bearer ${TOKEN}`) => {
    const answer = await fetch(`${billing.running.url}/billing/operator/summary${query}`, {
      headers: authorization === undefined ? {} : { authorization },
    });
    return { status: answer.status, body: (await answer.json()) as { code?: string; data?: object } };
  };

  async function paying(plan: 'start' | 'grow' | 'deliver', billing_period: 'monthly' | 'annual'): Promise<string> {
    const account = newId('account');
    await billing.setPlan(account, plan);
    const subscriptions = billing.running.app.get(SubscriptionsRepository);
    const current = await subscriptions.get(scopeOf(account), account);
    const now = new Date();
    const known = {
      id: `sub_${account}`,
      customer_id: `cus_${account}`,
      plan,
      status: 'active' as const,
      billing_period,
      anchor: now,
      period_from: now,
      period_to: now,
      trial_ends_at: null,
      cancel_at: null,
      metered_item_id: null,
      created_at: now,
    };
    await subscriptions.write(scopeOf(account), current, { known, billing_period });
    return account;
  }

  async function leave(account: string): Promise<void> {
    const subscriptions = billing.running.app.get(SubscriptionsRepository);
    const current = await subscriptions.get(scopeOf(account), account);
    const known = current.known && { ...current.known, status: 'cancelled' as const };
    await subscriptions.write(scopeOf(account), current, known ? { known } : {});
    await billing.setPlan(account, 'free');
  }

  it('adds up revenue, overage and plans, and what was lost', async () => {
    const leaving = await paying('start', 'monthly');
    await paying('grow', 'annual');
    const heavy = await paying('deliver', 'monthly');
    const given = newId('account');
    await billing.setPlan(given, 'grow');
    neighbourhood.accounts.add(newId('account'));
    await billing.book(heavy, 100_500);
    await billing.running.app.get(UsageWatch).round();
    const changes = billing.running.app.get(PlanChangesRepository);
    await waitFor(async () => (await changes.standingsAt(new Date())).length === 4);
    const from = new Date();
    await leave(leaving);
    await waitFor(async () => (await changes.standingsAt(new Date())).some(({ plan }) => plan === 'free'));

    const month = calendarMonth(from);
    const query = new URLSearchParams({ from: month.from.toISOString() });
    expect(await ask(`?${query.toString()}`)).toMatchObject({
      status: 200,
      body: {
        data: {
          currency: 'usd',
          mrr_minor: 4_900 + 7_900,
          overage_minor: 250,
          churn_rate: 0,
          accounts_by_plan: { free: 2, start: 0, grow: 2, deliver: 1 },
        },
      },
    });
    expect((await ask(`?${new URLSearchParams({ from: from.toISOString() }).toString()}`)).body.data).toMatchObject({
      churn_rate: 0.25,
      overage_minor: 0,
    });
  });

  it('is only for who has the token', async () => {
    for (const authorization of [undefined, 'Bearer ', 'Bearer wrong', TOKEN]) {
      expect(await ask('', authorization ?? '')).toMatchObject({ status: 401, body: { code: 'auth.unauthorized' } });
    }
  });

  it('says what is wrong with its times', async () => {
    for (const query of ['?from=yesterday', '?to=2026-13-01', '?from=2026-11-02&to=2026-11-01']) {
      expect((await ask(query)).status).toBe(422);
    }
    expect((await ask('?from=2026-10-01&to=2026-11-01')).status).toBe(200);
  });
});
