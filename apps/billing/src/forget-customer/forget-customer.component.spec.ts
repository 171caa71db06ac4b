import { environment, startBilling, type BillingUnderTest } from '../testing/billing-under-test.js';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { events, newId, scopeOf, type CloudEvent, type EventData } from '#contracts';
import { EventPublisher } from '#messaging';
import { startFakeStripe, waitFor, type FakeStripe } from '#testing';
import { CustomersRepository } from '../persistence/customers.repository.js';

type Report = EventData<typeof events.accountErasureReported>;

let stripe: FakeStripe;
let billing: BillingUnderTest;
let nats: NatsConnection;
const reports: Report[] = [];

beforeAll(async () => {
  stripe = await startFakeStripe();
  process.env['MFH_STRIPE_KEY'] = 'sk_test_of_the_fake';
  process.env['MFH_STRIPE_URL'] = stripe.url;
  billing = await startBilling();
  nats = await connect({ servers: environment.natsUrl });
  nats.subscribe(events.accountErasureReported.subject(), {
    callback: (error, message) => {
      if (error === null) reports.push(message.json<CloudEvent<Report>>().data);
    },
  });
  await nats.flush();
});
afterAll(async () => {
  await nats.close();
  await billing.stop();
  await stripe.close();
  delete process.env['MFH_STRIPE_KEY'];
  delete process.env['MFH_STRIPE_URL'];
  await environment.dispose();
});

async function erase(accountId: string): Promise<string> {
  const erasureId = newId('ers');
  await billing.running.app.get(EventPublisher).publish(events.accountErasureDue, {
    subject: accountId,
    accountId,
    data: { account_id: accountId, erasure_id: erasureId, user_ids: [] },
  });
  return erasureId;
}
const deletions = () => stripe.requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
const reportOf = (erasureId: string) =>
  waitFor(() => reports.find(({ erasure_id }) => erasure_id === erasureId), { what: 'the report' });

it('deletes the customer at the provider before anything is forgotten here, and says so', async () => {
  const accountId = newId('account');
  await billing.running.app.get(CustomersRepository).remember(scopeOf(accountId), 'cus_gone');
  // As often as it is tried the provider refuses: nothing is reported and nothing is forgotten.
  stripe.goWrong(['limited', 'limited', 'limited'], /customers/);
  await erase(accountId);
  await waitFor(() => deletions().length === 3);
  const again = await erase(accountId);
  expect((await reportOf(again)).erased).toMatchObject({ payment_customers: 1, customers: 1 });
  expect(deletions()).toEqual(Array.from({ length: 4 }, () => '/v1/customers/cus_gone'));
  expect(reports).toHaveLength(1);
});

it('has nothing to ask of the provider for an account that never paid', async () => {
  const before = stripe.requests.length;
  const report = await reportOf(await erase(newId('account')));
  expect([report.erased['payment_customers'], stripe.requests.length]).toEqual([0, before]);
});
