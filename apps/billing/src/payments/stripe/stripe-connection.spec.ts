import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startFakeStripe } from '#testing';
import type { FakeStripe } from '#testing';
import { paymentProvider } from '../../testing/payment-provider.js';
import type { PaymentProvider } from '../payment-provider.js';

let stripe: FakeStripe;
let provider: PaymentProvider;

beforeEach(async () => {
  stripe = await startFakeStripe();
  provider = paymentProvider({ MFH_STRIPE_URL: stripe.url, MFH_STRIPE_KEY: 'sk_test_1' });
});
afterEach(() => stripe.close());

const create = (): Promise<string> =>
  provider.customers.create({ accountId: 'account:1', name: 'Ada', email: undefined });

it('pins the version of the API', async () => {
  await create();
  expect(stripe.requests).toMatchObject([{ version: '2026-10-28.endive' }]);
});

it.each([['limited'], ['cut'], ['lost']] as const)(
  'repeats what was %s, twice at most, under one key',
  async (fault) => {
    stripe.goWrong([fault, fault]);
    await create();
    expect(stripe.requests).toHaveLength(3);
    expect(new Set(stripe.requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(stripe.book.customers.size).toBe(1);

    stripe.goWrong([fault, fault, fault], /invoices/);
    await expect(provider.invoices.find('in_1')).rejects.toMatchObject({
      status: 503,
      code: 'billing.provider_unavailable',
    });
    expect(stripe.requests).toHaveLength(6);
  },
);

it('repeats nothing that the provider failed at', async () => {
  stripe.goWrong(['broken']);
  await expect(create()).rejects.toMatchObject({ status: 503, code: 'billing.provider_unavailable' });
  expect(stripe.requests).toHaveLength(1);
});

it('takes what is not there for nothing', async () => {
  expect(await provider.subscriptions.find('sub_unknown')).toBeUndefined();
  await expect(provider.customers.delete('cus_unknown')).resolves.toBeUndefined();
});

it('says that nothing is sold without a key', async () => {
  const none = paymentProvider({});
  expect(none.configured).toBe(false);
  await expect(none.invoices.find('in_1')).rejects.toMatchObject({
    status: 503,
    code: 'billing.not_configured',
    message: 'Billing service not configured',
  });
});

it.each(['', 'mfh_start_monthly', 'mfh_gold_monthly=price_1', 'mfh_start_monthly='])(
  'refuses the prices %j',
  (text) => {
    expect(() => paymentProvider({ MFH_STRIPE_PRICES: text })).toThrow('must look like');
  },
);
