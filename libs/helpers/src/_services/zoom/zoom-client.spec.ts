import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { servicePorts, FakeService, type ArrivedRequest } from '#helper-testing';
import { openZoom, type ZoomClient } from './zoom-client.js';

/** Zoom as far as helpers call it. */
function zoom({ method, path, query, body }: ArrivedRequest) {
  const key = `${method} ${path}`;
  switch (key) {
    case 'POST /v2/users/host@example.com/webinars':
      return { status: 201, body: { id: 98765432101, join_url: 'https://zoom.us/j/98765432101' } };
    case 'POST /v2/meetings/123/registrants':
      return {
        status: 201,
        body: { registrant_id: 'r1', id: 123, ...(body.includes('wait') ? {} : { join_url: 'u' }) },
      };
    case 'GET /v2/report/webinars/123/participants':
      return query.get('next_page_token') === 'n2'
        ? { body: { participants: [{ user_email: 'b@x.io', duration: 60 }], next_page_token: '' } }
        : {
            body: { participants: [{ user_email: 'a@x.io', duration: 30 }, { name: 'Phone' }], next_page_token: 'n2' },
          };
    case 'GET /v2/report/webinars/123':
      return { body: { id: 123, duration: 45 } };
    case 'GET /v2/past_webinars/%252Fa%253D%253D/absentees':
      return { body: { registrants: [{ email: 'c@x.io' }] } };
    default:
      return { status: 404, body: { code: 300, message: key } };
  }
}

let server: FakeService;
let client: ZoomClient;

beforeAll(async () => {
  server = await FakeService.start(zoom);
});
afterAll(() => server.stop());
beforeEach(async () => {
  server.arrived.length = 0;
  client = await openZoom(servicePorts({ zoom: { access_token: 'zt' } }, server.http));
});

test('creates, with a long id as text', async () => {
  expect(await client.create('webinars', 'host@example.com', { topic: 'Demo' })).toEqual({
    id: '98765432101',
    joinUrl: 'https://zoom.us/j/98765432101',
  });
  expect(server.arrived[0]).toMatchObject({ origin: 'https://api.zoom.us', body: '{"topic":"Demo"}' });
  expect(server.arrived[0]?.headers).toMatchObject({ authorization: 'Bearer zt', 'content-type': 'application/json' });
});

test('registers, also where the host has to approve', async () => {
  const who = { email: 'a@x.io', first_name: 'Ada' };
  expect(await client.register('meetings', '123', who)).toEqual({ registrantId: 'r1', joinUrl: 'u' });
  expect(await client.register('meetings', '123', { ...who, first_name: 'wait' })).toEqual({
    registrantId: 'r1',
    joinUrl: '',
  });
});

test('reads the report page by page', async () => {
  expect(await client.participants('123')).toEqual([
    { email: 'a@x.io', seconds: 30 },
    { email: '', seconds: 0 },
    { email: 'b@x.io', seconds: 60 },
  ]);
  expect(await client.pastMinutes('123')).toBe(45);
});

test('finds an instance whose id holds slashes', async () => {
  expect(await client.absentees('/a==')).toEqual(['c@x.io']);
});

test('says when there is no such webinar', async () => {
  await expect(client.pastMinutes('9')).rejects.toMatchObject({ code: 'upstream_error', failureClass: 'give_up' });
});
