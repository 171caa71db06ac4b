import { afterEach, expect, test } from '@jest/globals';
import { FakeService, VectorCase, World, type ArrivedRequest, type FakeAnswer } from '#helper-testing';
import { sendText, type TwilioAccount } from './twilio-client.js';

const STOPPED = '+15550000000';

/** Twilio: one account, one number that answered STOP. */
function twilio({ method, origin, path, headers, body }: ArrivedRequest): FakeAnswer {
  const refuse = (status: number, code: number, message: string): FakeAnswer => ({
    status,
    body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
  });
  const expected = `${origin}${path}` === 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json';
  if (!expected || method !== 'POST') return refuse(404, 20404, 'not found');
  if (headers['authorization'] !== `Basic ${btoa('AC1:tok')}`) return refuse(401, 20003, 'Authenticate');
  if (headers['content-type'] !== 'application/x-www-form-urlencoded') return refuse(400, 21603, 'A From is required');
  const form = new URLSearchParams(body);
  if (form.get('To') === STOPPED) return refuse(400, 21610, 'Attempt to send to unsubscribed recipient');
  if (!/^\+\d{8,15}$/.test(form.get('To') ?? '')) return refuse(400, 21211, "Invalid 'To' Phone Number");
  if (form.get('Body') === 'again') return refuse(429, 20429, 'Too Many Requests');
  if (form.get('Body') === 'broken') return { status: 503, body: 'unavailable' };
  const sender = form.get('From') ?? form.get('MessagingServiceSid');
  return sender === null
    ? refuse(400, 21603, 'A From is required')
    : { status: 201, body: { sid: 'SM1', status: 'queued' } };
}

const { crypto } = new World(VectorCase.parse({ id: 'x', type: 'x', config: {}, expect: {} })).ports;
const account: TwilioAccount = { accountSid: 'AC1', user: 'AC1', password: 'tok' };
const message = { from: '+15550001111', to: '+15551234567', body: 'Grüße & mehr' };

let service: FakeService;
afterEach(() => service.stop());

async function send(change: Partial<typeof message>, by = account) {
  service = await FakeService.start(twilio);
  return sendText({ http: service.http, crypto }, by, { ...message, ...change });
}

test('a message is queued', async () => {
  expect(await send({})).toEqual({ sid: 'SM1', status: 'queued' });
  const form = new URLSearchParams(service.arrived[0]?.body);
  expect(Object.fromEntries(form)).toEqual({ From: '+15550001111', To: '+15551234567', Body: 'Grüße & mehr' });
});

test('a messaging service sends', async () => {
  await send({ from: 'MG0123456789abcdef0123456789abcdef' });
  expect(new URLSearchParams(service.arrived[0]?.body).has('From')).toBe(false);
});

test.each([
  [{ to: STOPPED }, { code: 'recipient_unsubscribed', failureClass: 'give_up', nothingDone: true }],
  [{ to: '12' }, { code: 'invalid_recipient', failureClass: 'give_up', nothingDone: true }],
  [{ body: 'again' }, { code: 'rate_limited', failureClass: 'retry', nothingDone: true }],
  [{ body: 'broken' }, { code: 'upstream_error', failureClass: 'retry', nothingDone: false }],
])('%j is refused', async (change, failure) => {
  await expect(send(change)).rejects.toMatchObject(failure);
});

test('a wrong token is final and never shown', async () => {
  const sending = send({}, { ...account, password: 'sesame' });
  await expect(sending).rejects.toMatchObject({ code: 'upstream_error', failureClass: 'give_up' });
  await expect(sending).rejects.not.toMatchObject({ message: expect.stringContaining('sesame') });
});
