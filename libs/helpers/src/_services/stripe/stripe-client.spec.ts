import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { servicePorts, FakeService } from '#helper-testing';
import { fetchStripeCustomer } from './stripe-client.js';

let server: FakeService;

beforeAll(async () => {
  server = await FakeService.start(({ path, headers }) =>
    path === '/v1/customers/cus_1' && headers['authorization'] === 'Bearer sk'
      ? { body: { id: 'cus_1', object: 'customer', email: ' ada@example.com', name: null } }
      : { status: 404, body: { error: { code: 'resource_missing' } } },
  );
});
afterAll(() => server.stop());

const fetchCustomer = (id: string) => fetchStripeCustomer(servicePorts({ stripe: { api_key: 'sk' } }, server.http), id);

test('reads a customer', async () => {
  expect(await fetchCustomer('cus_1')).toEqual({ email: 'ada@example.com', name: '' });
});

test('says when there is none', async () => {
  await expect(fetchCustomer('cus_2')).rejects.toMatchObject({ code: 'upstream_error', failureClass: 'give_up' });
});
