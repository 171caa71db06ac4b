import { afterEach, expect, test } from '@jest/globals';
import { servicePorts, FakeService } from '#helper-testing';
import { fetchLead } from './facebook-client.js';

let server: FakeService | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function lead(body: unknown, service: Record<string, string> = { access_token: 'ft' }) {
  server = await FakeService.start(({ path }) => (/^\/v\d+\.0\/L1$/.test(path) ? { body } : { status: 404 }));
  return fetchLead(servicePorts({ facebook: service }, server.http), 'L1');
}

test('answers are read by the names of their fields', async () => {
  const fields = [
    { name: 'email', values: ['a@x.io'] },
    { name: 'topics', values: ['a', 'b', 3] },
    { values: ['x'] },
    null,
  ];
  expect(await lead({ id: 'L1', form_id: 12, field_data: fields })).toEqual({
    id: 'L1',
    formId: '12',
    fields: { email: 'a@x.io', topics: 'a, b' },
  });
  expect(server?.arrived[0]).toMatchObject({
    origin: 'https://graph.facebook.com',
    headers: { authorization: 'Bearer ft' },
  });
  expect(server?.arrived[0]?.query.get('fields')).toBe('id,created_time,field_data,form_id');
});

test("the app's secret proves who holds the token", async () => {
  await lead({ field_data: [{ name: 'email', values: ['a@x.io'] }] }, { api_key: 'ft', api_secret: 's' });
  expect(server?.arrived[0]?.query.get('appsecret_proof')).toMatch(/^[\da-f]{64}$/);
});

test.each([[{}], [{ field_data: [] }], [{ field_data: 'x' }]])('%j holds no lead', async (body) => {
  await expect(lead(body)).rejects.toMatchObject({ code: 'bad_response' });
});
