import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hasStripeMock, startStripeMock } from '#testing';
import type { StripeMock } from '#testing';
import { planOf } from '../../domain/plans.js';
import { planForSale } from '../../sync-plans/plan-for-sale.js';
import { paymentProvider } from '../../testing/payment-provider.js';
import { ALL_OFFERS, offerKey, overageKey, PAID_PLANS } from '../payment-config.js';
import type { PaymentProvider, ProviderSubscription } from '../payment-provider.js';

type Ports = Omit<PaymentProvider, 'configured' | 'assertConfigured'>;
/** A call for every method of every port: a method without one does not compile. */
type Calls = {
  [Port in keyof Ports]: { [Method in keyof Ports[Port]]: (provider: PaymentProvider) => Promise<unknown> };
};

const later = new Date(1_800_000_000_000);
const subscription: ProviderSubscription = {
  id: 'sub_1',
  customerId: 'cus_1',
  accountId: 'account:1',
  status: 'active',
  plan: 'start',
  billingPeriod: 'monthly',
  period: { from: later, to: later },
  startedAt: later,
  anchor: later,
  trialEndsAt: undefined,
  cancelAt: undefined,
  endedAt: undefined,
  planItemId: 'si_1',
  overageItemId: undefined,
  latestInvoiceId: undefined,
};
const handMade = [...ALL_OFFERS.map(offerKey), ...PAID_PLANS.map(overageKey)];
const offer = { plan: 'grow', billingPeriod: 'annual' } as const;
const text: unknown = expect.any(String);
const read: unknown = expect.objectContaining({ id: text, customerId: text, status: text });

let mock: StripeMock;

const CALLS: Calls = {
  customers: {
    create: async ({ customers }) => {
      expect(await customers.create({ accountId: 'account:1', name: 'Ada', email: 'ada@example.com' })).toEqual(text);
    },
    delete: ({ customers }) => customers.delete('cus_1'),
    portal: async ({ customers }) => {
      expect(await customers.portal('cus_1', 'https://app.example/settings')).toMatch(/^https:/);
    },
  },
  checkouts: {
    create: async ({ checkouts }) => {
      const order = { accountId: 'account:1', customerId: 'cus_1', trialDays: 14 };
      const pages = { successUrl: 'https://app.example/done', cancelUrl: 'https://app.example/back' };
      const made = { id: text, url: text };
      expect(await checkouts.create({ ...order, ...pages, offer })).toEqual(made);
      const monthly = { plan: 'start', billingPeriod: 'monthly' } as const;
      expect(await checkouts.create({ ...order, ...pages, offer: monthly, trialDays: 0 })).toEqual(made);
    },
    find: async ({ checkouts }) => {
      expect(await checkouts.find('cs_1')).toMatchObject({ id: text, mode: text });
    },
  },
  subscriptions: {
    find: async ({ subscriptions }) => expect(await subscriptions.find('sub_1')).toEqual(read),
    ofCustomer: async ({ subscriptions }) => expect(await subscriptions.ofCustomer('cus_1')).toContainEqual(read),
    preview: async ({ subscriptions }) => {
      expect(await subscriptions.preview(subscription, offer)).toMatchObject({ currency: 'usd' });
    },
    change: async ({ subscriptions }) => expect(await subscriptions.change(subscription, offer)).toEqual(read),
    cancel: async ({ subscriptions }) => {
      expect(await subscriptions.cancel('sub_1', 'period_end')).toEqual(read);
      expect(await subscriptions.cancel('sub_1', 'now')).toEqual(read);
    },
    resume: async ({ subscriptions }) => expect(await subscriptions.resume('sub_1')).toEqual(read),
    attachOverage: async ({ subscriptions }) => {
      expect(await subscriptions.attachOverage(subscription)).toMatchObject({ id: text });
    },
  },
  invoices: {
    find: async ({ invoices }) => expect(await invoices.find('in_1')).toEqual(read),
    ofCustomer: async ({ invoices }) => expect(await invoices.ofCustomer('cus_1', 24)).toContainEqual(read),
    open: async ({ invoices }) => expect(Array.isArray(await invoices.open('sub_1'))).toBe(true),
    pay: async ({ invoices }) => expect(await invoices.pay('in_1')).toEqual(read),
  },
  paymentMethods: {
    ofCustomer: async ({ paymentMethods }) =>
      expect(Array.isArray(await paymentMethods.ofCustomer('cus_1'))).toBe(true),
    setupIntent: async ({ paymentMethods }) => {
      expect(await paymentMethods.setupIntent('cus_1')).toEqual({ id: text, clientSecret: text });
    },
    makeDefault: async ({ paymentMethods }) => expect(await paymentMethods.makeDefault('cus_1', 'pm_1')).toBe(true),
    remove: async ({ paymentMethods }) => expect(await paymentMethods.remove('cus_1', 'pm_1')).toBe(true),
  },
  meters: {
    send: ({ meters }) => meters.send({ identifier: 'exec-1', customerId: 'cus_1', value: 1, at: new Date() }),
  },
  catalogue: {
    sync: async () => {
      const { catalogue } = paymentProvider({ MFH_STRIPE_URL: mock.url, MFH_STRIPE_KEY: 'sk_test_123' });
      const steps = await catalogue.sync([planForSale(planOf('start'), 'start')]);
      expect(steps.map(({ kind }) => kind)).toEqual(['meter', 'product', 'price', 'price', 'price']);
    },
  },
};

const describeWithMock = hasStripeMock() ? describe : describe.skip;
if (!hasStripeMock()) {
  process.stderr.write('!!! SKIPPED: requests to Stripe are not checked, because stripe-mock is missing here\n');
}

describeWithMock("Every request fits the description of Stripe's API", () => {
  let provider: PaymentProvider;

  beforeAll(async () => {
    mock = await startStripeMock();
    const prices = handMade.map((key) => `${key}=price_${key}`).join(',');
    provider = paymentProvider({ MFH_STRIPE_URL: mock.url, MFH_STRIPE_KEY: 'sk_test_123', MFH_STRIPE_PRICES: prices });
  });
  afterAll(() => mock.stop());

  it('would see a request that does not', async () => {
    const { subscriptions } = provider;
    const wrong = subscriptions.change({ ...subscription, planItemId: { id: 'si_1' } as never }, offer);
    await expect(wrong).rejects.toMatchObject({ status: 502, code: 'billing.provider_refused' });
  });

  for (const [port, methods] of Object.entries(CALLS)) {
    for (const [method, call] of Object.entries(methods)) {
      it(`${port}.${method}`, async () => {
        await call(provider);
      });
    }
  }
});
