import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Stripe } from 'stripe';
import { startFakeStripe, STRIPE_WEBHOOK_SECRET } from './fake-stripe.js';
import type { FakeStripe } from './fake-stripe.js';
import { completeCheckout } from './stripe-sessions.js';

describe('A Stripe on this machine', () => {
  let fake: FakeStripe;
  let stripe: Stripe;

  beforeEach(async () => {
    fake = await startFakeStripe();
    const { hostname, port } = new URL(fake.url);
    stripe = new Stripe('sk_test_1', { protocol: 'http', host: hostname, port: Number(port), maxNetworkRetries: 0 });
  });
  afterEach(() => fake.close());

  const types = (): string[] => fake.book.events.map(({ type }) => type);

  it('takes an account through checkout, a failed payment and the end', async () => {
    const customer = await stripe.customers.create({ name: 'Ada', metadata: { account_id: 'account:1' } });
    const session = await stripe.checkout.sessions.create({
      mode: 'subscription',
      customer: customer.id,
      line_items: [{ price: 'price_grow_annual', quantity: 1 }],
      subscription_data: { metadata: { plan: 'grow' }, trial_period_days: 14 },
      success_url: 'https://app.example/done',
    });
    completeCheckout(fake.book, session.id);
    const { data } = await stripe.subscriptions.list({ customer: customer.id, status: 'all' });
    expect(data).toMatchObject([{ status: 'trialing', metadata: { plan: 'grow' }, customer: customer.id }]);
    expect(data[0]?.items.data[0]?.price).toMatchObject({ unit_amount: 58_800, recurring: { interval: 'year' } });

    const id = data[0]?.id ?? '';
    fake.book.paymentFails(fake.book.bill(id).id);
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'past_due' });
    const [invoice] = (await stripe.invoices.list({ subscription: id, status: 'open' })).data;
    expect(await stripe.invoices.pay(invoice?.id ?? '')).toMatchObject({ status: 'paid', amount_paid: 58_800 });
    expect(await stripe.subscriptions.cancel(id)).toMatchObject({ status: 'canceled' });
    expect(types()).toEqual([
      'customer.created',
      'customer.subscription.created',
      'checkout.session.completed',
      'invoice.finalized',
      'invoice.payment_failed',
      'customer.subscription.updated',
      'invoice.paid',
      'invoice.payment_succeeded',
      'customer.subscription.updated',
      'customer.subscription.deleted',
    ]);
  });

  it('does the work of one idempotency key once, also when its answer was lost', async () => {
    // The library itself repeats a request once whose connection ended.
    fake.goWrong(['lost', 'lost']);
    const create = (name: string) => stripe.customers.create({ name }, { idempotencyKey: 'one' });
    await expect(create('Ada')).rejects.toBeInstanceOf(Stripe.errors.StripeConnectionError);
    const { id } = await create('Ada');
    expect([...fake.book.customers.keys()]).toEqual([id]);
    await expect(create('Eve')).rejects.toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  });

  it('goes wrong as it is told to, request by request', async () => {
    fake.goWrong(['limited', 'broken', 'cut', 'cut'], /^\/v1\/invoices/);
    const find = () => stripe.invoices.retrieve('in_1');
    await expect(find()).rejects.toBeInstanceOf(Stripe.errors.StripeRateLimitError);
    await expect(stripe.customers.create({})).resolves.toMatchObject({ object: 'customer' });
    await expect(find()).rejects.toBeInstanceOf(Stripe.errors.StripeAPIError);
    await expect(find()).rejects.toBeInstanceOf(Stripe.errors.StripeConnectionError);
    await expect(find()).rejects.toMatchObject({ code: 'resource_missing', statusCode: 404 });
  });

  it('signs events as the library expects it', async () => {
    await stripe.customers.create({ name: 'Ada' });
    const [event] = fake.book.events;
    if (event === undefined) throw new Error('nothing happened');
    const { body, headers } = fake.delivery(event);
    const read = stripe.webhooks.constructEvent(body, headers['stripe-signature'] ?? '', STRIPE_WEBHOOK_SECRET);
    expect(read).toMatchObject({ id: event.id, type: 'customer.created' });
    const old = fake.delivery(event, new Date(Date.now() - 301_000));
    expect(() =>
      stripe.webhooks.constructEvent(old.body, old.headers['stripe-signature'] ?? '', STRIPE_WEBHOOK_SECRET),
    ).toThrow('tolerance');
  });
});
