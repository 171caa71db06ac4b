import { environment, startBilling, type BillingUnderTest } from '../testing/billing-under-test.js';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { events, newId, scopeOf } from '#contracts';
import { EventPublisher } from '#messaging';
import { startFakeStripe, waitFor, type FakeStripe } from '#testing';
import { CustomersRepository } from '../persistence/customers.repository.js';
import { RestWithAccount } from './rest-with-account.js';
import { RestingAccounts } from './resting-accounts.repository.js';

let stripe: FakeStripe;
let billing: BillingUnderTest;

beforeAll(async () => {
  stripe = await startFakeStripe();
  process.env['MFH_STRIPE_KEY'] = 'sk_test_of_the_fake';
  process.env['MFH_STRIPE_URL'] = stripe.url;
  billing = await startBilling();
});
afterAll(async () => {
  await billing.stop();
  await stripe.close();
  delete process.env['MFH_STRIPE_KEY'];
  delete process.env['MFH_STRIPE_URL'];
  await environment.dispose();
});

/** An account that pays for some subscriptions. */
async function payer(count: number) {
  const accountId = newId('account');
  const customer = stripe.book.addCustomer({ metadata: { account_id: accountId } }).id;
  await billing.running.app.get(CustomersRepository).remember(scopeOf(accountId), customer);
  const subscriptions = Array.from({ length: count }, () => stripe.book.subscribe({ customer, plan: 'grow' }).id);
  return { accountId, subscriptions };
}
const ends = (ids: readonly string[]) => ids.map((id) => stripe.book.subscription(id).cancel_at_period_end);
const publisher = () => billing.running.app.get(EventPublisher);
const close = (accountId: string, revision: number) =>
  publisher().publish(events.accountClosed, {
    subject: accountId,
    accountId,
    data: {
      account_id: accountId,
      closed_by: 'user:1',
      revision,
      erase_at: new Date().toISOString(),
      member_ids: [],
    },
  });
const restore = (accountId: string, revision: number) =>
  publisher().publish(events.accountRestored, {
    subject: accountId,
    accountId,
    data: { account_id: accountId, restored_by: 'user:1', revision },
  });

it('lets no subscription of a closed account renew, and those go on that nobody else had cancelled', async () => {
  const { accountId, subscriptions } = await payer(2);
  const [, cancelled = ''] = subscriptions;
  stripe.book.change(cancelled, { cancel_at_period_end: true, cancel_at: Math.floor(Date.now() / 1000) + 86_400 });
  stripe.goWrong(['broken', 'lost'], /subscriptions/);
  await close(accountId, 2);
  await waitFor(() => ends(subscriptions).every(Boolean), { deadlineMs: 10_000 });
  await restore(accountId, 3);
  await waitFor(() => ends(subscriptions).includes(false), { deadlineMs: 10_000 });
  expect(ends(subscriptions)).toEqual([false, true]);
});

it('believes the later word, in whatever order they come, and each as often as it comes', async () => {
  const { accountId, subscriptions } = await payer(1);
  const resting = billing.running.app.get(RestWithAccount);
  await resting.follow(accountId, { closed: false, revision: 5 });
  await resting.follow(accountId, { closed: true, revision: 4 });
  expect(ends(subscriptions)).toEqual([false]);
  for (let time = 0; time < 2; time += 1) await resting.follow(accountId, { closed: true, revision: 6 });
  expect(ends(subscriptions)).toEqual([true]);
  for (let time = 0; time < 2; time += 1) await resting.follow(accountId, { closed: false, revision: 7 });
  expect(ends(subscriptions)).toEqual([false]);
  const account = await billing.running.app.get(RestingAccounts).get(scopeOf(accountId), accountId);
  expect(account.subscription_ids).toEqual([]);
});

it('asks nothing of the provider for an account that never paid', async () => {
  const before = stripe.requests.length;
  await billing.running.app.get(RestWithAccount).follow(newId('account'), { closed: true, revision: 2 });
  expect(stripe.requests).toHaveLength(before);
});
