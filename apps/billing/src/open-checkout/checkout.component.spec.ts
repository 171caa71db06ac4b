import { environment, startPayments } from '../testing/payments-under-test.js';
import type { PaymentsUnderTest } from '../testing/payments-under-test.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, questions } from '#contracts';
import { addCard, completeCheckout } from '#testing';
import { neighbourhood } from '../testing/billing-under-test.js';
import { Calls } from '../testing/calls.js';

describe('Buying a plan', () => {
  let payments: PaymentsUnderTest;

  beforeAll(async () => {
    payments = await startPayments();
  });
  afterAll(async () => {
    await payments.stop();
    await environment.dispose();
  });

  const newcomer = (): { account: string; calls: Calls } => {
    const account = newId('account');
    neighbourhood.accounts.add(account);
    return { account, calls: new Calls(payments.billing, account) };
  };
  const checkoutOf = (sessionId: string) => {
    const found = payments.stripe.book.checkouts.get(sessionId);
    if (found === undefined) throw new Error(`There is no ${sessionId}`);
    return found;
  };
  const buy = async (calls: Calls, body: object): Promise<string> => {
    const { status, body: data } = await calls.post('/billing/checkout/sessions', body);
    expect({ status, data }).toMatchObject({ status: 201, data: { url: expect.stringMatching(/^https:/) } });
    return (data as { session_id: string }).session_id;
  };

  it('opens a page of checkout with a trial, and knows the plan as soon as it is done', async () => {
    const { account, calls } = newcomer();
    const session = await buy(calls, { plan: 'grow', billing_period: 'annual' });
    expect(checkoutOf(session)).toMatchObject({
      mode: 'subscription',
      client_reference_id: account,
      success_url: 'http://127.0.0.1:3000/settings/billing/success?session_id={CHECKOUT_SESSION_ID}',
      cancel_url: 'http://127.0.0.1:3000/settings?tab=billing&billing=cancelled',
      order: { metadata: { account_id: account, plan: 'grow' }, trialDays: 14, price: 'price_grow_annual' },
    });
    completeCheckout(payments.stripe.book, session);
    const [done] = payments.stripe.book.events.slice(-1);
    if (done) await payments.hear(done);
    const { body } = await calls.get('/billing');
    expect(body).toMatchObject({ plan: 'grow', status: 'trialing', billing_period: 'annual', price_annually: 588 });
    const { renews_at, trial_ends_at } = body as Record<string, number>;
    const { stripe_customer_id } = body as Record<string, string>;
    expect(trial_ends_at).toBe(renews_at);
    expect(trial_ends_at).toBeGreaterThan(Date.now() / 1_000);
    expect(trial_ends_at).toBeLessThan(Date.now() / 1_000 + 15 * 86_400);
    expect(payments.stripe.book.customers.get(stripe_customer_id ?? '')).toMatchObject({
      metadata: { account_id: account },
    });
    const seen = (await calls.as('viewer').get('/billing')).body;
    expect(seen).toMatchObject({ plan: 'grow', trial_ends_at });
    expect(seen).not.toHaveProperty('stripe_customer_id');

    // Whoever pays already changes the plan; whoever has tried the product pays from the first day.
    expect(await calls.post('/billing/checkout/sessions', { plan: 'start' })).toMatchObject({
      status: 409,
      body: { code: 'billing.already_subscribed' },
    });
    const [subscription] = [...payments.stripe.book.subscriptions.values()].slice(-1);
    payments.stripe.book.end(subscription?.id ?? '');
    const again = await buy(calls, { plan: 'start', return_url: '/onboarding/plan' });
    expect(checkoutOf(again)).toMatchObject({
      success_url: 'http://127.0.0.1:3000/onboarding/plan?session_id={CHECKOUT_SESSION_ID}',
      cancel_url: 'http://127.0.0.1:3000/onboarding/plan?billing=cancelled',
      order: { trialDays: 0, price: 'price_start_monthly' },
    });
  });

  it('makes one customer however many ask at a time, also when answers are lost', async () => {
    const { account, calls } = newcomer();
    payments.stripe.goWrong(['lost', 'limited'], /customers$/);
    const opened = await Promise.all([1, 2, 3].map(() => buy(calls, { plan: 'start' })));
    expect(new Set(opened).size).toBe(3);
    const ours = [...payments.stripe.book.customers.values()].filter(
      ({ metadata }) => metadata['account_id'] === account,
    );
    expect(ours).toHaveLength(1);
  });

  it('refuses what is not sold, pages elsewhere and those who do not manage billing', async () => {
    const { calls } = newcomer();
    const wrong = [
      {},
      { plan: 'free' },
      { plan: 'grow', billing_period: 'daily' },
      { plan: 'grow', return_url: '//evil' },
    ];
    for (const body of wrong) {
      expect(await calls.post('/billing/checkout/sessions', body)).toMatchObject({ status: 400 });
    }
    for (const path of ['/billing/checkout/sessions', '/billing/portal-session']) {
      expect(await calls.as('member').post(path, { plan: 'grow' })).toMatchObject({ status: 403 });
    }
  });

  it('opens the portal for customers only, and returns to the web client', async () => {
    const { calls } = newcomer();
    expect(await calls.post('/billing/portal-session')).toMatchObject({
      status: 400,
      body: { error: 'No billing account found. Please subscribe to a plan first.', code: 'billing.no_customer' },
    });
    await buy(calls, { plan: 'start' });
    expect(await calls.post('/billing/portal-session')).toMatchObject({
      status: 201,
      body: { url: expect.any(String) },
    });
    const [asked] = payments.stripe.requests.slice(-1);
    expect(asked?.form).toMatchObject({ return_url: 'http://127.0.0.1:3000/settings?tab=billing' });
    expect(await calls.post('/billing/portal-session', { return_url: 'https://evil.example' })).toMatchObject({
      status: 400,
    });
  });

  it('lists invoices with exact amounts, the newest first', async () => {
    const { calls } = newcomer();
    expect(await calls.get('/billing/invoices')).toEqual({ status: 200, body: [] });
    const { account, customer } = await payments.payer();
    const { book } = payments.stripe;
    const { id } = book.subscribe({ customer, plan: 'start' });
    const paid = book.bill(id);
    Object.assign(paid, { amount_due: 3_950, created: paid.created - 60 });
    book.paymentSucceeds(paid.id);
    const open = book.bill(id);
    const { body } = await new Calls(payments.billing, account).get('/billing/invoices');
    expect(body).toEqual([
      expect.objectContaining({ id: open.id, amount: 0, amount_minor: 0, status: 'open' }),
      {
        id: paid.id,
        amount: 39.5,
        amount_minor: 3_950,
        amount_decimal: '39.50',
        currency: 'usd',
        status: 'paid',
        date: paid.created,
        number: paid.number,
        pdf_url: paid.invoice_pdf,
        hosted_url: paid.hosted_invoice_url,
      },
    ]);
  });

  it('looks after cards, those of the account only', async () => {
    const { account, customer } = await payments.payer();
    const calls = new Calls(payments.billing, account);
    const { book } = payments.stripe;
    expect(await calls.post('/billing/payment-methods/setup-intent')).toMatchObject({
      status: 201,
      body: { client_secret: expect.stringContaining('_secret') },
    });
    const [first, second] = [addCard(book, customer, '4242'), addCard(book, customer, '1881')];
    const foreign = addCard(book, (await payments.payer()).customer, '0005');
    book.subscribe({ customer, plan: 'start' });
    expect(await calls.put('/billing/payment-methods/default', { payment_method_id: first.id })).toMatchObject({
      status: 200,
      body: { id: first.id, last4: '4242', is_default: true },
    });
    const { body } = await calls.get('/billing/payment-methods');
    expect((body as { payment_methods: { id: string }[] }).payment_methods).toEqual(
      expect.arrayContaining([
        { id: first.id, brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2099, is_default: true },
        { id: second.id, brand: 'visa', last4: '1881', exp_month: 12, exp_year: 2099, is_default: false },
      ]),
    );
    expect(await calls.delete(`/billing/payment-methods/${first.id}`)).toMatchObject({ status: 409 });
    expect(await calls.delete(`/billing/payment-methods/${second.id}`)).toMatchObject({ status: 200 });
    const missing = { status: 404, body: { code: 'billing.payment_method_not_found' } };
    expect(await calls.delete(`/billing/payment-methods/${foreign.id}`)).toMatchObject(missing);
    const steal = { payment_method_id: foreign.id };
    expect(await calls.put('/billing/payment-methods/default', steal)).toMatchObject(missing);
    expect(await calls.put('/billing/payment-methods/default', { ...steal, more: 1 })).toMatchObject({ status: 422 });
    expect(foreign.customer).not.toBeNull();
  });

  it('brings plans to the provider once', async () => {
    const { book } = payments.stripe;
    const sync = async (): Promise<Record<string, string>> => {
      const { steps } = await payments.billing.questions.ask(questions.syncPlans, {}, { timeoutMs: 20_000 });
      return Object.fromEntries(steps.map(({ name, action }) => [name, action]));
    };
    const first = await sync();
    expect(first).toMatchObject({ helper_execution: 'made', Start: 'made', mfh_start_monthly: 'unchanged' });
    const overage = [...book.prices.values()].find(({ lookup_key }) => lookup_key === 'mfh_grow_overage');
    expect(overage).toMatchObject({
      tiers: [
        { up_to: 25_000, unit_amount: 0 },
        { up_to: null, unit_amount_decimal: '0.8' },
      ],
    });
    const settled = structuredClone([...book.prices]);
    expect(new Set(Object.values(await sync()))).toEqual(new Set(['unchanged']));
    expect([...book.prices]).toEqual(settled);

    const cheap = [...book.prices.values()].find(({ lookup_key }) => lookup_key === 'mfh_deliver_annual');
    Object.assign(cheap ?? {}, { unit_amount: 1 });
    expect(await sync()).toMatchObject({ mfh_deliver_annual: 'changed', mfh_deliver_monthly: 'unchanged' });
    expect(cheap).toMatchObject({ active: false, lookup_key: null });
  });
});
