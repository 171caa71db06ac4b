import { environment, startPayments } from '../testing/payments-under-test.js';
import type { PaymentsUnderTest } from '../testing/payments-under-test.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PaymentProvider } from '../payments/payment-provider.js';
import { UsageWatch } from '../watch-usage/usage-watch.js';

const METER = /meter_events$/;
/** Longer than a look that failed keeps its account. */
const NEXT_LOOK_MS = 31_000;

describe('Metering at Stripe', () => {
  let world: PaymentsUnderTest;

  beforeAll(async () => {
    process.env['MFH_WATCH_USAGE_MS'] = '3600000';
    world = await startPayments();
  });
  afterAll(async () => {
    await world.stop();
    await environment.dispose();
  });

  async function subscribed() {
    const { account, customer } = await world.payer();
    const before = world.stripe.book.events.length;
    world.stripe.book.subscribe({ customer, plan: 'start' });
    await world.hear(...world.stripe.book.events.slice(before));
    return { account, customer };
  }
  const look = () => world.billing.running.app.get(UsageWatch).round();
  const counted = (customer: string) =>
    [...world.stripe.book.meterEvents.values()].filter(({ payload }) => payload['stripe_customer_id'] === customer);
  const total = (customer: string) => counted(customer).reduce((sum, { payload }) => sum + Number(payload['value']), 0);

  it('counts the executions of the customer under the name of the meter', async () => {
    const { account, customer } = await subscribed();
    await world.billing.book(account, 7);
    await look();
    await world.billing.book(account, 5);
    await look();
    await look();
    expect(counted(customer).map(({ event_name, payload }) => [event_name, payload['value']])).toEqual([
      ['helper_execution', '7'],
      ['helper_execution', '5'],
    ]);
  });

  it('counts each execution once, whatever becomes of requests and answers', async () => {
    const { account, customer } = await subscribed();
    let booked = 0;
    for (const fault of ['lost', 'broken', 'cut', 'limited'] as const) {
      await world.billing.book(account, 11);
      booked += 11;
      // Three times is what one request is tried: the look fails, and a later one mends it.
      world.stripe.goWrong([fault, fault, fault], METER);
      await look();
      await world.later(NEXT_LOOK_MS);
      await look();
      expect(total(customer)).toBeLessThanOrEqual(booked);
    }
    await world.later(NEXT_LOOK_MS);
    await look();
    await world.later(NEXT_LOOK_MS);
    await look();
    expect(total(customer)).toBe(booked);
  });

  it('takes it for counted when the provider has the event already', async () => {
    const { customer } = await subscribed();
    const { meters } = world.billing.running.app.get(PaymentProvider, { strict: false });
    const reading = { identifier: `exec-${customer}`, customerId: customer, value: 3 };
    await meters.send({ ...reading, at: new Date('2026-11-20T00:00:00Z') });
    const requests = world.stripe.requests.at(-1);
    expect(requests?.idempotencyKey).toBe(`meter/exec-${customer}`);
    // The key of the request is forgotten after a day, the event is not.
    world.stripe.forgetKeys();
    await meters.send({ ...reading, at: new Date('2026-11-20T00:00:00Z') });
    expect(total(customer)).toBe(3);
  });
});
