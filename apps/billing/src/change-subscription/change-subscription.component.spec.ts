import { environment, startPayments } from '../testing/payments-under-test.js';
import type { PaymentsUnderTest } from '../testing/payments-under-test.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { neighbourhood } from '../testing/billing-under-test.js';
import { Calls } from '../testing/calls.js';

describe('Changing a subscription', () => {
  let payments: PaymentsUnderTest;
  const few = { ...neighbourhood.counts };

  beforeAll(async () => {
    payments = await startPayments();
  });
  afterEach(() => {
    Object.assign(neighbourhood.counts, few);
  });
  afterAll(async () => {
    await payments.stop();
    await environment.dispose();
  });

  async function subscriber(plan: string, counts: Partial<typeof few> = {}) {
    Object.assign(neighbourhood.counts, { helpers: 1, connections: 1, api_keys: 1, team: 1 }, counts);
    const { account, customer } = await payments.payer();
    const { book } = payments.stripe;
    const { id } = book.subscribe({ customer, plan, metadata: { account_id: account, plan } });
    const [made] = book.events.slice(-1);
    if (made) await payments.hear(made);
    return { account, id, calls: new Calls(payments.billing, account), at: () => book.subscription(id) };
  }

  it('says what another plan would cost', async () => {
    const { calls, at } = await subscriber('start');
    expect(await calls.post('/billing/subscription/preview', { plan: 'grow' })).toMatchObject({
      status: 200,
      body: {
        amount_due_minor: 2_000,
        currency: 'usd',
        lines: [
          { amount_minor: -3_900, proration: true },
          { amount_minor: 5_900, proration: true },
        ],
        exceeds: [],
      },
    });
    const [asked] = payments.stripe.requests.slice(-1);
    expect(asked?.form['subscription_details']).toMatchObject({ proration_behavior: 'always_invoice' });
    expect(at().items.data[0]?.price.id).toBe('price_start_monthly');
  });

  it('gives the larger plan at once, in its answer and to everybody', async () => {
    const { account, calls, at } = await subscriber('start');
    expect(await calls.post('/billing/subscription/change', { plan: 'grow', billing_period: 'annual' })).toMatchObject({
      status: 200,
      body: { plan: 'grow', status: 'active', billing_period: 'annual', limits: { max_helpers: 50 } },
    });
    expect(at().items.data.map(({ price }) => price.id)).toEqual(['price_grow_annual', 'price_grow_overage']);
    expect(at().metadata).toMatchObject({ plan: 'grow' });
    const before = payments.stripe.requests.length;
    await calls.post('/billing/subscription/change', { plan: 'grow', billing_period: 'annual' });
    expect(payments.stripe.requests.slice(before).every(({ method }) => method === 'GET')).toBe(true);
    expect((await payments.subscriptionOf(account))?.plan).toBe('grow');
  });

  it('refuses a plan that has no room for what is there, and names it', async () => {
    const { calls, at } = await subscriber('grow', { helpers: 11, connections: 3 });
    const exceeds = [
      { resource: 'helpers', used: 11, limit: 10 },
      { resource: 'connections', used: 3, limit: 2 },
    ];
    expect(await calls.post('/billing/subscription/change', { plan: 'start' })).toMatchObject({
      status: 409,
      body: { code: 'billing.cannot_downgrade_plan', data: { plan: 'start', exceeds } },
    });
    expect(await calls.post('/billing/subscription/preview', { plan: 'start' })).toMatchObject({ body: { exceeds } });
    expect(at().items.data[0]?.price.id).toBe('price_grow_monthly');
  });

  it('ends with the period and is taken back, or ends at once', async () => {
    const { calls, at } = await subscriber('grow');
    const cancelled = await calls.post('/billing/subscription/cancel');
    expect(cancelled).toMatchObject({ status: 200, body: { plan: 'grow', cancel_at: expect.any(Number) } });
    expect(cancelled.body).not.toHaveProperty('renews_at');
    const resumed = await calls.post('/billing/subscription/resume');
    expect(resumed).toMatchObject({ status: 200, body: { plan: 'grow', renews_at: expect.any(Number) } });
    expect(resumed.body).not.toHaveProperty('cancel_at');
    expect(await calls.post('/billing/subscription/cancel', { at_period_end: false })).toMatchObject({
      status: 200,
      body: { plan: 'free', limits: { max_helpers: 1 } },
    });
    expect(at().status).toBe('canceled');
    expect(await calls.post('/billing/subscription/resume')).toMatchObject({
      status: 409,
      body: { code: 'billing.no_subscription' },
    });
  });

  it('pays what is open before it goes on', async () => {
    const { calls, id, at } = await subscriber('start');
    const { book } = payments.stripe;
    const invoice = book.bill(id);
    book.paymentFails(invoice.id);
    expect(at().status).toBe('past_due');
    expect(await calls.post('/billing/subscription/resume')).toMatchObject({
      status: 200,
      body: { plan: 'start', status: 'active' },
    });
    expect(book.invoice(invoice.id)).toMatchObject({ status: 'paid', amount_paid: 3_900 });
  });

  it('is made once although requests are turned away, cut and lost', async () => {
    const { calls, id, at } = await subscriber('start');
    const path = new RegExp(`subscriptions/${id}$`);
    payments.stripe.goWrong(['limited', 'lost'], path);
    expect(await calls.post('/billing/subscription/change', { plan: 'deliver' })).toMatchObject({
      status: 200,
      body: { plan: 'deliver' },
    });
    const tries = payments.stripe.requests.filter((request) => request.method === 'POST' && path.test(request.path));
    expect(tries).toHaveLength(3);
    expect(new Set(tries.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(at().items.data[0]?.price.id).toBe('price_deliver_monthly');

    payments.stripe.goWrong(['broken'], path);
    expect(await calls.post('/billing/subscription/cancel')).toMatchObject({
      status: 503,
      body: { code: 'billing.provider_unavailable' },
    });
    expect(at().cancel_at).toBeNull();
  });

  it('is for those who manage billing, and takes nothing else', async () => {
    const { calls } = await subscriber('start');
    for (const name of ['preview', 'change', 'cancel', 'resume']) {
      expect(await calls.as('member').post(`/billing/subscription/${name}`, { plan: 'grow' })).toMatchObject({
        status: 403,
      });
      expect(await calls.post(`/billing/subscription/${name}`, { plan: 'grow', free: true })).toMatchObject({
        status: 422,
      });
    }
  });
});
