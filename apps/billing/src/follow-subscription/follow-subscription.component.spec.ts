import { environment, startPayments } from '../testing/payments-under-test.js';
import type { PaymentsUnderTest } from '../testing/payments-under-test.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { questions, scopeOf } from '#contracts';
import { waitFor } from '#testing';
import type { StripeEvent } from '#testing';
import { CustomersRepository } from '../persistence/customers.repository.js';
import { BringUpToDate } from './bring-up-to-date.js';

const DAY = 24 * 60 * 60 * 1_000;

describe('Following a subscription', () => {
  let world: PaymentsUnderTest;

  beforeAll(async () => {
    world = await startPayments();
  });
  afterAll(async () => {
    await world.stop();
    await environment.dispose();
  });

  const book = () => world.stripe.book;
  /** What happened at the provider meanwhile. */
  function happening(what: () => unknown): StripeEvent[] {
    const before = book().events.length;
    what();
    return book().events.slice(before);
  }
  const typesOf = (events: readonly { type: string }[]) => events.map(({ type }) => type);
  async function subscribed(plan = 'grow', trialDays = 0) {
    const { account, customer } = await world.payer();
    let id = '';
    const events = happening(() => (id = book().subscribe({ customer, plan, trialDays }).id));
    await world.hear(...events);
    return { account, customer, id };
  }
  const templates = async (account: string) => (await world.mailsOf(account)).map(({ template }) => template);
  /** Facts are published after the commit. */
  const mailed = (account: string, ...expected: string[]) =>
    waitFor(async () => JSON.stringify(await templates(account)) === JSON.stringify(expected), {
      what: `the mails ${expected.join(', ')}`,
    });
  const told = async (account: string, count: number) => {
    const changes = await waitFor(async () => {
      const seen = (await world.changesOf(account)) as { type: string; data: Record<string, unknown> }[];
      return seen.length >= count && seen;
    });
    expect(changes).toHaveLength(count);
    return changes;
  };

  it('begins a trial once, however often and in whatever order its events come', async () => {
    const { account, customer } = await world.payer();
    const events = happening(() => {
      const subscription = book().subscribe({ customer, plan: 'grow', trialDays: 14, metadata: { plan: 'grow' } });
      book().change(subscription.id, { default_payment_method: 'pm_1' });
      book().record('checkout.session.completed', {
        id: 'cs_1',
        object: 'checkout.session',
        mode: 'subscription',
        customer,
        client_reference_id: account,
      });
    });
    await world.hear(...events.toReversed(), ...events, ...events);

    expect(await world.subscriptionOf(account)).toMatchObject({ plan: 'grow', status: 'trialing' });
    expect(await world.billing.questions.ask(questions.limits, { account_id: account })).toMatchObject({
      plan: 'grow',
      limits: { max_helpers: 50, max_api_keys: 10, max_team_members: 5 },
    });
    await mailed(account, 'subscription_welcome');
    expect(await told(account, 1)).toMatchObject([
      {
        type: 'mfh.billing.subscription.changed.v1',
        data: { plan: 'grow', previous_plan: 'free', status: 'trialing', limits: { max_team_members: 5 } },
      },
    ]);
    expect((await world.mailsOf(account))[0]?.variables).toMatchObject({ plan_name: 'Grow', name: 'Ada' });
  });

  it('is not revived by an old event that comes after the end', async () => {
    const { account, id } = await subscribed();
    const late = happening(() => book().change(id, { metadata: { plan: 'deliver' } }));
    await world.hear(...happening(() => book().end(id)));
    await world.hear(...late);
    expect(await world.subscriptionOf(account)).toMatchObject({
      plan: 'free',
      status: 'cancelled',
      period_anchor: null,
    });
    expect(typesOf(await told(account, 2))).toHaveLength(2);
    await mailed(account, 'subscription_welcome', 'subscription_canceled');
  });

  it('keeps the last state when an answer that was asked for earlier arrives later', async () => {
    const { account, id } = await subscribed();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const asked = world.stripe.requests.length;
    world.stripe.goWrong([held], /^\/v1\/subscriptions$/);
    const slow = world.billing.running.app.get(BringUpToDate).of(account);
    await waitFor(() => world.stripe.requests.length > asked);
    await world.hear(...happening(() => book().end(id)));
    release();
    await slow;
    expect(await world.subscriptionOf(account)).toMatchObject({ plan: 'free', status: 'cancelled' });
    await told(account, 2);
  });

  it('goes on for the grace after a failed payment, then stops, and comes back with the payment', async () => {
    const { account, id } = await subscribed('start');
    let invoice = '';
    await world.hear(
      ...happening(() => {
        invoice = book().bill(id).id;
        book().paymentFails(invoice);
      }),
    );
    expect(await world.subscriptionOf(account)).toMatchObject({ plan: 'start', status: 'past_due' });
    await mailed(account, 'subscription_welcome', 'payment_failed');
    expect((await world.mailsOf(account))[1]?.variables).toMatchObject({
      amount: { minor: 3_900, currency: 'usd' },
      pay_url: `https://invoice.stripe.example/${invoice}`,
      grace_until: expect.any(String) as unknown,
    });
    await world.hear(...happening(() => book().paymentFails(invoice)));
    await mailed(account, 'subscription_welcome', 'payment_failed', 'payment_failed');

    await world.later(6 * DAY);
    expect(await world.subscriptionOf(account)).toMatchObject({ plan: 'start', status: 'past_due' });
    await world.later(DAY + 1_000);
    expect(await world.subscriptionOf(account)).toMatchObject({ plan: 'free', status: 'past_due' });
    await world.later(DAY);

    await world.hear(...happening(() => book().paymentSucceeds(invoice)));
    expect(await world.subscriptionOf(account)).toMatchObject({ plan: 'start', status: 'active', grace_until: null });
    expect(await templates(account)).toEqual([
      'subscription_welcome',
      'payment_failed',
      'payment_failed',
      'subscription_updated',
      'subscription_updated',
    ]);
    expect((await world.mailsOf(account)).slice(3).map(({ variables }) => variables['change'])).toEqual([
      'downgraded',
      'resumed',
    ]);
    const changes = await told(account, 6);
    expect(changes.map(({ type, data }) => [type.split('.')[3], data['plan'], data['status']])).toEqual([
      ['changed', 'start', 'active'],
      ['changed', 'start', 'past_due'],
      ['payment_failed', 'start', undefined],
      ['payment_failed', 'start', undefined],
      ['changed', 'free', 'past_due'],
      ['changed', 'start', 'active'],
    ]);
  });

  it('thanks once for a payment, though two events tell of it', async () => {
    const { account, id } = await subscribed('deliver');
    const events = happening(() => book().paymentSucceeds(book().bill(id).id));
    expect(typesOf(events)).toEqual(expect.arrayContaining(['invoice.paid', 'invoice.payment_succeeded']));
    await world.hear(...events);
    await mailed(account, 'subscription_welcome', 'payment_succeeded');
    expect(await told(account, 2)).toMatchObject([
      {},
      { type: 'mfh.billing.subscription.payment_succeeded.v1', data: { amount_minor: 7_900, currency: 'usd' } },
    ]);
  });

  it('makes up for lost events by asking, and tells the same news', async () => {
    const { account, customer } = await world.payer();
    const id = book().subscribe({ customer, plan: 'grow', trialDays: 14 }).id;
    await world.later(16 * 60_000);
    expect(await world.subscriptionOf(account)).toMatchObject({ plan: 'grow', status: 'trialing' });
    await world.later(11 * DAY);
    await mailed(account, 'subscription_welcome', 'trial_ending');
    await world.hear(book().trialWillEnd(id));
    book().end(id);
    await world.later(6 * 60 * 60_000);
    expect(await world.subscriptionOf(account)).toMatchObject({ plan: 'free', status: 'cancelled' });
    await mailed(account, 'subscription_welcome', 'trial_ending', 'subscription_canceled');
    expect(typesOf(await told(account, 3))).toContain('mfh.billing.subscription.trial_ending.v1');
  });

  it('waits out a provider that fails, refuses for a while or hangs up', async () => {
    const { account, customer } = await world.payer();
    const events = happening(() => book().subscribe({ customer, plan: 'start' }));
    world.stripe.goWrong(['broken', 'limited', 'limited', 'limited', 'cut', 'cut', 'broken'], /^\/v1\/subscriptions/);
    await world.hear(...events);
    expect(await world.subscriptionOf(account)).toMatchObject({ plan: 'start', status: 'active' });
    await mailed(account, 'subscription_welcome');
  });

  it('tells of another plan, of an announced end and of the way back', async () => {
    const { account, id } = await subscribed('start');
    const grow = { ...book().subscription(id).items };
    const [first, ...rest] = grow.data;
    const price = book().prices.get('price_grow_monthly');
    if (first === undefined || price === undefined) throw new Error('no such price');
    const items = { ...grow, data: [{ ...first, price }, ...rest] };
    await world.hear(...happening(() => book().change(id, { items, metadata: { plan: 'grow' } })));
    const end = book().now() + 20 * 86_400;
    await world.hear(...happening(() => book().change(id, { cancel_at: end, cancel_at_period_end: true })));
    expect((await world.subscriptionOf(account))?.known?.cancel_at).toEqual(new Date(end * 1_000));
    await world.hear(...happening(() => book().change(id, { cancel_at: null, cancel_at_period_end: false })));
    await mailed(
      account,
      'subscription_welcome',
      'subscription_updated',
      'subscription_canceled',
      'subscription_updated',
    );
    const changes = (await world.mailsOf(account)).map(({ variables }) => variables['change']);
    expect(changes).toEqual([undefined, 'upgraded', undefined, 'resumed']);
    expect(await told(account, 2)).toMatchObject([{}, { data: { plan: 'grow', previous_plan: 'start' } }]);
  });

  it('follows the subscription that gives most when there are several', async () => {
    const { account, customer, id } = await subscribed('start');
    await world.hear(...happening(() => book().subscribe({ customer, plan: 'deliver' })));
    expect(await world.subscriptionOf(account)).toMatchObject({ plan: 'deliver' });
    await world.hear(...happening(() => book().end(id)));
    expect(await world.subscriptionOf(account)).toMatchObject({ plan: 'deliver', status: 'active' });
  });

  it('ends with its customer, and the account can become another one', async () => {
    const { account, customer } = await subscribed();
    const events = happening(() => {
      book().end([...book().subscriptions.values()].find((each) => each.customer === customer)?.id ?? '');
      const deleted = book().customers.get(customer);
      book().customers.delete(customer);
      book().record('customer.deleted', { ...deleted, deleted: true });
    });
    await world.hear(...events.toReversed());
    expect(await world.subscriptionOf(account)).toMatchObject({ plan: 'free', status: 'cancelled' });
    const another = book().addCustomer({ metadata: { account_id: account } }).id;
    await world.hear(
      ...happening(() => book().subscribe({ customer: another, plan: 'start', metadata: { account_id: account } })),
    );
    expect(await world.subscriptionOf(account)).toMatchObject({ plan: 'start', status: 'active' });
    expect(await world.billing.running.app.get(CustomersRepository).idOf(scopeOf(account))).toBe(another);
  });

  it('leaves alone what is nobody’s, and what an operator gave', async () => {
    const stranger = book().addCustomer();
    const events = happening(() => book().subscribe({ customer: stranger.id, plan: 'grow' }));
    const gone = book().addCustomer({ metadata: { account_id: 'account:gone' } });
    const more = happening(() =>
      book().subscribe({ customer: gone.id, plan: 'grow', metadata: { account_id: 'account:gone', plan: 'grow' } }),
    );
    await world.hear(...events, ...more);
    expect(await world.subscriptionOf('account:gone')).toBeNull();

    const { account, customer } = await world.payer();
    await world.billing.setPlan(account, 'deliver');
    await world.hear(...happening(() => book().subscribe({ customer, plan: 'start', status: 'incomplete' })));
    expect(await world.subscriptionOf(account)).toMatchObject({ plan: 'deliver', status: 'active' });
    await world.hear(...happening(() => book().subscribe({ customer, plan: 'start' })));
    expect(await world.subscriptionOf(account)).toMatchObject({ plan: 'start', status: 'active' });
    await expect(world.billing.setPlan(account, 'grow')).rejects.toMatchObject({
      status: 409,
      code: 'billing.has_subscription',
    });
  });
});
