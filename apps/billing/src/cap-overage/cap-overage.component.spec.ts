import { environment, newExecutions, startBilling } from '../testing/billing-under-test.js';
import type { BillingUnderTest } from '../testing/billing-under-test.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#contracts';
import { AccountPlans } from '../account-plans.js';
import { tokenFor } from '../testing/neighbours.js';

describe('A cap on overage', () => {
  let billing: BillingUnderTest;
  let replica: BillingUnderTest;

  beforeAll(async () => {
    billing = await startBilling();
    replica = await startBilling();
  });
  afterAll(async () => {
    await Promise.all([billing.stop(), replica.stop()]);
    await environment.dispose();
  });

  async function cap(account: string, body: object, role: Parameters<typeof tokenFor>[1] = 'owner') {
    const answer = await fetch(`${billing.running.url}/billing/overage-cap`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${await tokenFor(account, role)}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    replica.running.app.get(AccountPlans).forget(account);
    return { status: answer.status, body: (await answer.json()) as { code?: string; data?: object } };
  }
  it('refuses exactly the executions that would cost more, over two instances of the service', async () => {
    const account = newId('account');
    await billing.setPlan(account, 'start');
    await billing.book(account, 5_090);
    await billing.reserve(account, newExecutions(5));
    expect(await cap(account, { overage_cap_usd: 1 })).toMatchObject({
      status: 200,
      body: { data: { overage_cap_usd: 1 } },
    });
    const asking = [billing, replica];
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => asking[index % 2]?.reserve(account, newExecutions(1))),
    );
    expect(answers.filter((answer) => answer?.granted === 1)).toHaveLength(5);
    expect(answers.find((answer) => answer?.granted === 0)).toMatchObject({ plan: 'start', limit: 5_100, used: 5_100 });
    expect(await billing.get('/billing/usage', account)).toMatchObject({
      body: {
        overage_cap_usd: 1,
        execution_limit: 5_100,
        metrics: [{ used: 5_100, limit: 5_000, overage: 90, amount_minor: 90, amount_decimal: '0.9000' }, {}, {}],
      },
    });
  });

  it('lets executions through again when it is raised or taken away', async () => {
    const account = newId('account');
    await billing.setPlan(account, 'start');
    await billing.book(account, 5_000);
    await cap(account, { overage_cap_usd: 0 });
    expect(await billing.reserve(account, newExecutions(3))).toMatchObject({ granted: 0, limit: 5_000 });
    await cap(account, { overage_cap_usd: 0.02 });
    expect(await billing.reserve(account, newExecutions(3))).toMatchObject({ granted: 2 });
    expect(await cap(account, { overage_cap_usd: null })).toMatchObject({ status: 200 });
    expect(await billing.reserve(account, newExecutions(3))).toMatchObject({ granted: 3, used: null });
    expect(await billing.get('/billing/usage', account)).toMatchObject({
      body: { overage_cap_usd: null, execution_limit: null },
    });
  });

  it('is for those who manage billing, in whole cents, on plans that go on beyond their limit', async () => {
    const account = newId('account');
    expect(await cap(account, { overage_cap_usd: 5 })).toMatchObject({
      status: 403,
      body: { code: 'billing.feature_not_available', data: { feature: 'overage', plan: 'free' } },
    });
    await billing.setPlan(account, 'grow');
    expect((await cap(account, { overage_cap_usd: 5 }, 'member')).status).toBe(403);
    for (const body of [
      {},
      { overage_cap_usd: -1 },
      { overage_cap_usd: 0.001 },
      { overage_cap_usd: '5' },
      { overage_cap_usd: 5, more: 1 },
    ]) {
      expect((await cap(account, body)).status).toBe(422);
    }
  });
});
