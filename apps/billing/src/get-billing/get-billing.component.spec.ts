import { environment, neighbourhood, newExecutions, startBilling } from '../testing/billing-under-test.js';
import type { BillingUnderTest } from '../testing/billing-under-test.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, PLANS, questions } from '#contracts';
import { Calls } from '../testing/calls.js';

describe('Billing over HTTP', () => {
  let billing: BillingUnderTest;

  beforeAll(async () => {
    billing = await startBilling();
  });
  afterAll(async () => {
    await billing.stop();
    await environment.dispose();
  });

  it('shows a new account its free plan with every number', async () => {
    const account = newId('account');
    await billing.reserve(account, newExecutions(7));
    expect(await billing.get('/billing', account, 'viewer')).toEqual({
      status: 200,
      body: {
        plan: 'free',
        status: 'active',
        price_monthly: 0,
        price_annually: 0,
        billing_period: 'monthly',
        usage: {
          helpers: 3,
          connections: 2,
          api_keys: 1,
          team_members: 4,
          monthly_executions: 7,
          monthly_api_requests: 0,
        },
        limits: {
          max_helpers: 1,
          max_connections: 1,
          max_api_keys: 1,
          max_team_members: 1,
          max_executions: 100,
          webhooks_enabled: false,
        },
      },
    });
  });

  it('shows unlimited as a number clients can compute with', async () => {
    const account = newId('account');
    await billing.setPlan(account, 'deliver');
    const { body } = await billing.get('/billing', account);
    expect(body).toMatchObject({ plan: 'deliver', price_monthly: 79, limits: { max_helpers: 999_999 } });
  });

  it('asks the owners again only when the counts are old, and shows the last ones while an owner is away', async () => {
    const account = newId('account');
    const before = neighbourhood.counted;
    await Promise.all(Array.from({ length: 10 }, () => billing.get('/billing', account)));
    expect(neighbourhood.counted).toBe(before + 1);
    const now = Date.now;
    neighbourhood.down = true;
    try {
      Date.now = () => now() + 5_000;
      expect(await billing.get('/billing', account)).toMatchObject({ status: 200, body: { usage: { helpers: 3 } } });
      expect(await billing.get('/billing', newId('account'))).toMatchObject({
        status: 503,
        body: { success: false, code: 'generic.unavailable' },
      });
    } finally {
      Date.now = now;
      neighbourhood.down = false;
    }
  });

  it('lists the plans to anyone', async () => {
    const { status, body } = await billing.get('/billing/plans');
    expect(status).toBe(200);
    expect((body as { plans: { plan: string }[] }).plans.map(({ plan }) => plan)).toEqual([...PLANS]);
    expect(await billing.get('/billing/plans/grow')).toEqual({
      status: 200,
      body: {
        plan: 'grow',
        label: 'Grow',
        price_monthly: 59,
        price_annually: 588,
        currency: 'usd',
        limits: {
          max_helpers: 50,
          max_connections: 5,
          max_api_keys: 10,
          max_team_members: 5,
          max_executions: 25_000,
          webhooks_enabled: true,
        },
        features: { webhooks: true, overage: true, storage_gb: 50 },
        overage_per_execution: 0.008,
      },
    });
    expect(await billing.get('/billing/plans/gold')).toMatchObject({
      status: 404,
      body: { code: 'billing.not_found', error: 'Plan not found' },
    });
    expect(await billing.get('/billing/health')).toMatchObject({ status: 200, body: { service: 'billing' } });
  });

  it('shows usage to those who manage billing', async () => {
    const account = newId('account');
    await billing.setPlan(account, 'start');
    const executions = newExecutions(3);
    await billing.reserve(account, executions);
    await billing.end(account, executions[0] ?? '', 'completed');
    await billing.usageBecomes(account, { booked: 1, reserved: 2 });
    const { period } = await billing.usage(account);
    expect(await billing.get('/billing/usage', account)).toEqual({
      status: 200,
      body: {
        period,
        metrics: [
          {
            metric: 'executions',
            used: 3,
            reserved: 2,
            limit: 5_000,
            overage: 0,
            amount_minor: 0,
            amount_decimal: '0.0000',
          },
          {
            metric: 'api_requests',
            used: 0,
            reserved: 0,
            limit: null,
            overage: 0,
            amount_minor: 0,
            amount_decimal: '0.0000',
          },
          {
            metric: 'storage_bytes',
            used: 1_234,
            reserved: 0,
            limit: 5_000_000_000,
            overage: 0,
            amount_minor: 0,
            amount_decimal: '0.0000',
          },
        ],
        overage_cap_usd: null,
        execution_limit: null,
      },
    });
    expect(await billing.get('/billing/usage?period=previous', account)).toMatchObject({
      body: { period: { to: period.from }, metrics: [{ used: 0 }, { used: 0 }] },
    });
    expect(await billing.get('/billing/usage?period=2024-05', account)).toMatchObject({ status: 200 });
    expect(await billing.get('/billing/usage?period=soon', account)).toMatchObject({ status: 422 });
    expect(await billing.get('/billing/usage', account, 'member')).toMatchObject({
      status: 403,
      body: { code: 'account.permission_denied' },
    });
  });

  it('sells nothing without a payment provider, and shows everything else', async () => {
    const account = newId('account');
    const calls = new Calls(billing, account);
    expect(await calls.get('/billing')).toMatchObject({ status: 200, body: { plan: 'free' } });
    expect(await calls.get('/billing/invoices')).toEqual({ status: 200, body: [] });
    expect(await calls.get('/billing/payment-methods')).toMatchObject({ status: 200, body: { payment_methods: [] } });
    const refused = { status: 503, body: { error: 'Billing service not configured', code: 'billing.not_configured' } };
    for (const path of ['checkout/sessions', 'portal-session', 'subscription/preview', 'subscription/change']) {
      expect(await calls.post(`/billing/${path}`, path.endsWith('session') ? {} : { plan: 'grow' })).toMatchObject(
        refused,
      );
    }
    for (const path of ['subscription/cancel', 'subscription/resume', 'payment-methods/setup-intent']) {
      expect(await calls.post(`/billing/${path}`)).toMatchObject(refused);
    }
    const sync = billing.questions.ask(questions.syncPlans, {});
    await expect(sync).rejects.toMatchObject({ status: 503, code: 'billing.not_configured' });
  });

  it('shows nothing without a token', async () => {
    for (const path of ['/billing', '/billing/usage']) {
      expect(await billing.get(path)).toMatchObject({ status: 401, body: { error: 'Authentication required' } });
    }
  });

  it('counts API requests, each report once', async () => {
    const account = newId('account');
    const report = { report_id: newId('run'), accounts: [{ account_id: account, requests: 12 }] };
    const answers = await Promise.all([1, 2, 3].map(() => billing.questions.ask(questions.recordApiRequests, report)));
    expect(answers.filter(({ recorded }) => recorded)).toHaveLength(1);
    await billing.questions.ask(questions.recordApiRequests, { ...report, report_id: newId('run') });
    expect(await billing.get('/billing', account)).toMatchObject({ body: { usage: { monthly_api_requests: 24 } } });
  });
});
