import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { servicePorts, FakeService } from '#helper-testing';
import { registerWithGoTo } from './gotowebinar-client.js';

const PATH = '/G2W/rest/v2/organizers/o1/webinars/w1/registrants';
const ADA = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com' };
const registered = new Set<string>();
let server: FakeService;

beforeAll(async () => {
  server = await FakeService.start(({ method, path, body }) => {
    if (method !== 'POST' || path !== PATH) return { status: 404, body: { errorCode: 'NotFound' } };
    const { email } = JSON.parse(body) as { email: string };
    const answer = { registrantKey: 4711, joinUrl: `https://global.gotowebinar.com/join/w1/${email}` };
    if (registered.has(email)) return { status: 409, body: { ...answer, errorCode: 'DuplicateRegistrant' } };
    registered.add(email);
    return { status: 201, body: { ...answer, status: 'APPROVED' } };
  });
});
afterAll(() => server.stop());

const ports = () => servicePorts({ gotowebinar: { access_token: 'gt' } }, server.http);

test('registers, and finds the registration the second time', async () => {
  const joinUrl = 'https://global.gotowebinar.com/join/w1/ada@example.com';
  expect(await registerWithGoTo(ports(), 'o1', 'w1', ADA)).toEqual({
    registrantKey: '4711',
    joinUrl,
    status: 'APPROVED',
  });
  expect(await registerWithGoTo(ports(), 'o1', 'w1', ADA)).toEqual({
    registrantKey: '4711',
    joinUrl,
    status: 'ALREADY_REGISTERED',
  });
  expect(server.arrived[0]).toMatchObject({ origin: 'https://api.getgo.com', headers: { authorization: 'Bearer gt' } });
  expect(JSON.parse(server.arrived[0]?.body ?? '')).toEqual(ADA);
});

test('says when there is no such webinar', async () => {
  await expect(registerWithGoTo(ports(), 'o1', 'w2', ADA)).rejects.toMatchObject({ code: 'upstream_error' });
});
