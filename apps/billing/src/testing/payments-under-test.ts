import { environment } from './environment.js';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { inboundReceived, newId, scopeOf, subjects } from '#contracts';
import type { CloudEvent, MailRequest } from '#contracts';
import { EventPublisher, NATS_CONNECTION } from '#messaging';
import { startFakeStripe, waitFor } from '#testing';
import type { FakeStripe, StripeEvent } from '#testing';
import { Clock } from '../clock.js';
import { SubscriptionWatch } from '../follow-subscription/subscription-watch.js';
import { AppliedEventsRepository } from '../persistence/applied-events.repository.js';
import { CustomersRepository } from '../persistence/customers.repository.js';
import { SubscriptionsRepository } from '../persistence/subscriptions.repository.js';
import type { Subscription } from '../persistence/subscriptions.repository.js';
import { neighbourhood, startBilling } from './billing-under-test.js';
import type { BillingUnderTest } from './billing-under-test.js';

/** Billing that sells through a Stripe on this machine. */
export interface PaymentsUnderTest {
  billing: BillingUnderTest;
  stripe: FakeStripe;
  /** An account, and the customer as whom it pays. */
  payer(): Promise<{ account: string; customer: string }>;
  /** Gives these events to billing in this order, as the gateway does, and waits until they are applied. */
  hear(...events: readonly StripeEvent[]): Promise<void>;
  /** As `hear`, without waiting. */
  send(event: StripeEvent): Promise<void>;
  subscriptionOf(account: string): Promise<Subscription | null>;
  /** The changes of an account's plan that others were told, in order. */
  changesOf(account: string): Promise<unknown[]>;
  /** The mails to an account's owner, in order. */
  mailsOf(account: string): Promise<Pick<MailRequest, 'template' | 'variables'>[]>;
  /** Lets time pass and asks the provider about whoever is due. */
  later(ms: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startPayments(): Promise<PaymentsUnderTest> {
  const stripe = await startFakeStripe();
  Object.assign(process.env, { MFH_STRIPE_KEY: 'sk_test_suite', MFH_STRIPE_URL: stripe.url });
  const billing = await startBilling();
  const { app } = billing.running;
  const send = async (event: StripeEvent): Promise<void> => {
    const received = new Date().toISOString();
    const data = { vendor: 'stripe' as const, event_id: event.id, received_at: received, payload: { ...event } };
    await app.get(EventPublisher).publish(inboundReceived.stripe, { subject: event.id, data });
  };
  const messages = async <Data>(stream: 'EVENTS' | 'NOTIFY', account: string): Promise<CloudEvent<Data>[]> => {
    const manager = await jetstreamManager(app.get<NatsConnection>(NATS_CONNECTION));
    const { state } = await manager.streams.info(subjects.stream(stream));
    const found: CloudEvent<Data>[] = [];
    for (let seq = state.first_seq; seq > 0 && seq <= state.last_seq; seq += 1) {
      const event = (await manager.streams.getMessage(subjects.stream(stream), { seq }))?.json<CloudEvent<Data>>();
      if (event?.accountid === account) found.push(event);
    }
    return found;
  };
  let passed = 0;
  app.get(Clock).now = () => new Date(Date.now() + passed);
  stripe.book.now = () => Math.floor((Date.now() + passed) / 1_000);
  return {
    billing,
    stripe,
    send,
    payer: async () => {
      const account = newId('account');
      neighbourhood.accounts.add(account);
      const customer = stripe.book.addCustomer({ metadata: { account_id: account } }).id;
      await app.get(CustomersRepository).remember(scopeOf(account), customer);
      return { account, customer };
    },
    hear: async (...events) => {
      for (const event of events) await send(event);
      const ids = new Set(events.map(({ id }) => id));
      await waitFor(async () => (await app.get(AppliedEventsRepository).known([...ids])).size === ids.size);
    },
    subscriptionOf: (account) => app.get(SubscriptionsRepository).find(scopeOf(account), account),
    changesOf: async (account) => {
      const all = await messages<unknown>('EVENTS', account);
      return all.filter(({ type }) => type.startsWith('mfh.billing.')).map(({ type, data }) => ({ type, data }));
    },
    mailsOf: async (account) => (await messages<MailRequest>('NOTIFY', account)).map(({ data }) => data),
    later: async (ms) => {
      passed += ms;
      await app.get(SubscriptionWatch).look();
    },
    stop: async () => {
      await billing.stop();
      await stripe.close();
    },
  };
}

export { environment };
