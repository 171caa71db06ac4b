import { describe, expect, it } from '@jest/globals';
import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Delivery } from './delivery.js';
import { FacebookReceiver } from './vendors/facebook.receiver.js';
import { GoHighLevelReceiver } from './vendors/gohighlevel.receiver.js';
import { HubSpotReceiver } from './vendors/hubspot.receiver.js';
import { ResendReceiver } from './vendors/resend.receiver.js';
import { StripeReceiver } from './vendors/stripe.receiver.js';
import { ZoomReceiver } from './vendors/zoom.receiver.js';

const NOW = new Date('2026-11-21T12:00:00.000Z');
const minutesAgo = (minutes: number): number => NOW.getTime() - minutes * 60_000;

function delivery(body: unknown, headers: IncomingHttpHeaders = {}, more: Partial<Delivery> = {}): Delivery {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const rest = { method: 'POST', url: '/webhooks/x', secret: undefined, query: {}, receivedAt: NOW };
  return { ...rest, headers, body: bytes, ...more };
}
const tampered = (body: Buffer): Buffer => Buffer.from(body.toString().replace('Ada', 'Eve'));

describe('GoHighLevel', () => {
  const ed25519 = generateKeyPairSync('ed25519');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const receiver = new GoHighLevelReceiver([ed25519.publicKey, rsa.publicKey]);
  const bodyAt = (timestamp: unknown): Buffer =>
    Buffer.from(JSON.stringify({ type: 'ContactCreate', firstName: 'Ada', webhookId: 'w1', timestamp }));
  const body = bodyAt(NOW.toISOString());
  const edHeaders = (signed: Buffer, key: KeyObject = ed25519.privateKey) => ({
    'x-ghl-signature': sign(null, signed, key).toString('base64'),
  });
  const rsaHeaders = (signed: Buffer) => ({
    'x-wh-signature': sign('RSA-SHA256', signed, rsa.privateKey).toString('base64'),
  });

  it.each([
    ['Ed25519', edHeaders(body)],
    ['RSA', rsaHeaders(body)],
  ])('believes its signature by %s and takes its id', (_name, headers) => {
    expect(receiver.receive(delivery(body, headers)).events).toMatchObject([
      { id: 'w1', payload: { type: 'ContactCreate' } },
    ]);
  });

  it.each([
    ['a changed body', tampered(body), edHeaders(body)],
    ['a foreign key', body, edHeaders(body, generateKeyPairSync('ed25519').privateKey)],
    ['no signature', body, {}],
    ['a signature that is none', body, { 'x-ghl-signature': 'N/A' }],
    ['the signature of the other scheme', body, { 'x-ghl-signature': rsaHeaders(body)['x-wh-signature'] }],
  ])('refuses %s', (_name, sent, headers) => {
    expect(() => receiver.receive(delivery(sent, headers))).toThrow(expect.objectContaining({ status: 401 }));
  });

  it.each([
    ['old', new Date(minutesAgo(5.1)).toISOString()],
    ['from the future', new Date(minutesAgo(-5.1)).toISOString()],
    ['without a time', undefined],
    ['with a time that is none', 'yesterday'],
  ])('refuses an event that is %s', (_name, timestamp) => {
    const sent = bodyAt(timestamp);
    expect(() => receiver.receive(delivery(sent, edHeaders(sent)))).toThrow(
      expect.objectContaining({ status: 401, code: 'webhooks.stale_timestamp' }),
    );
  });

  it('takes the removal of the app, which is told without time and id', () => {
    const sent = Buffer.from(JSON.stringify({ type: 'UNINSTALL', appId: 'a', locationId: 'l' }));
    const [event] = receiver.receive(delivery(sent, edHeaders(sent))).events;
    expect(event?.id).toMatch(/^[\w-]{43}$/);
  });

  it('believes nothing where no key is configured', () => {
    expect(() => new GoHighLevelReceiver([]).receive(delivery(body, edHeaders(body)))).toThrow('signature');
  });
});

describe('HubSpot', () => {
  const receiver = new HubSpotReceiver(['old secret', 'secret'], 'https://api.example.com');
  const url = '/webhooks/hubspot';
  const events = [
    { eventId: 1, portalId: 7, subscriptionType: 'contact.creation', objectId: 5, occurredAt: 1, note: 'Ada' },
    { eventId: 1, portalId: 7, subscriptionType: 'contact.deletion', objectId: 6, occurredAt: 2 },
  ];
  const body = Buffer.from(JSON.stringify(events));
  const headers = (
    time: number | string,
    { secret = 'secret', uri = `https://api.example.com${url}`, signed = body } = {},
  ) => ({
    'x-hubspot-request-timestamp': String(time),
    'x-hubspot-signature-v3': createHmac('sha256', secret)
      .update(`POST${uri}`)
      .update(signed)
      .update(String(time))
      .digest('base64'),
  });

  it('believes its signature, with the old secret too, and tells events apart', () => {
    for (const secret of ['secret', 'old secret']) {
      const { events: read } = receiver.receive(delivery(body, headers(minutesAgo(4.9), { secret }), { url }));
      expect(new Set(read.map(({ id }) => id)).size).toBe(2);
    }
  });

  it('gives an event the same id at every attempt', () => {
    const attempt = (attemptNumber: number) => {
      const signed = Buffer.from(JSON.stringify([{ ...events[0], attemptNumber }]));
      return receiver.receive(delivery(signed, headers(NOW.getTime(), { signed }), { url })).events[0]?.id;
    };
    expect(attempt(1)).toBe(attempt(0));
  });

  it.each([
    ['a changed body', tampered(body), headers(NOW.getTime())],
    ['a foreign secret', body, headers(NOW.getTime(), { secret: 'guess' })],
    ['another address', body, headers(NOW.getTime(), { uri: `https://evil.example.com${url}` })],
    ['an old delivery', body, headers(minutesAgo(5.1))],
    ['a time that is none', body, headers('soon')],
    [
      'another time than the signed one',
      body,
      { ...headers(minutesAgo(9)), 'x-hubspot-request-timestamp': String(NOW.getTime()) },
    ],
    ['no signature', body, {}],
  ])('refuses %s', (_name, sent, given) => {
    expect(() => receiver.receive(delivery(sent, given, { url }))).toThrow(expect.objectContaining({ status: 401 }));
  });

  it('says that a body is not a list', () => {
    const signed = Buffer.from('{"eventId":1}');
    expect(() => receiver.receive(delivery(signed, headers(NOW.getTime(), { signed }), { url }))).toThrow(
      expect.objectContaining({ status: 400 }),
    );
  });
});

describe('Zoom', () => {
  const receiver = new ZoomReceiver(['token']);
  const headers = (body: unknown, time = NOW.getTime() / 1000) => ({
    'x-zm-request-timestamp': String(time),
    'x-zm-signature': `v0=${createHmac('sha256', 'token')
      .update(`v0:${time}:${JSON.stringify(body)}`)
      .digest('hex')}`,
  });
  const ended = { event: 'webinar.ended', payload: { object: { id: '1' } } };

  it('proves to Zoom that it knows the secret', () => {
    const asked = { event: 'endpoint.url_validation', payload: { plainToken: 'word' } };
    const encryptedToken = createHmac('sha256', 'token').update('word').digest('hex');
    const { events, reply } = receiver.receive(delivery(asked, headers(asked)));
    expect([events, reply?.body]).toEqual([[], { plainToken: 'word', encryptedToken }]);
  });

  it('believes its signature and refuses others, old ones, and all of them without a secret', () => {
    expect(receiver.receive(delivery(ended, headers(ended))).events).toHaveLength(1);
    const old = delivery(ended, headers(ended, minutesAgo(6) / 1000));
    const foreign = delivery({ ...ended, more: 1 }, headers(ended));
    for (const bad of [old, foreign])
      expect(() => receiver.receive(bad)).toThrow(expect.objectContaining({ status: 401 }));
    expect(() => new ZoomReceiver([]).receive(delivery(ended, headers(ended)))).toThrow('signature');
  });
});

describe('Facebook', () => {
  const receiver = new FacebookReceiver(['app'], 'our word');
  const lead = { entry: [{ id: '1' }] };
  const headers = (secret = 'app') => ({
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(JSON.stringify(lead)).digest('hex')}`,
  });
  const asking = (token: string) =>
    delivery(
      '',
      {},
      { method: 'GET', query: { 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': '42' } },
    );

  it('confirms the address to who knows the word', () => {
    expect(receiver.receive(asking('our word')).reply).toEqual({ type: 'text/plain; charset=utf-8', body: '42' });
    expect(() => receiver.receive(asking('guess'))).toThrow(expect.objectContaining({ status: 401 }));
  });

  it('believes its signature only', () => {
    expect(receiver.receive(delivery(lead, headers())).events).toHaveLength(1);
    expect(() => receiver.receive(delivery(lead, headers('guess')))).toThrow('signature');
  });
});

describe('Resend', () => {
  const key = Buffer.from('a key of thirty-two bytes length');
  const receiver = new ResendReceiver([`whsec_${key.toString('base64')}`]);
  const body = JSON.stringify({ type: 'email.bounced', data: { email_id: 're-1' } });
  const headersOf = (signed: string, at = NOW.getTime(), by: Buffer = key): IncomingHttpHeaders => {
    const timestamp = String(Math.floor(at / 1000));
    const signature = createHmac('sha256', by).update(`msg_1.${timestamp}.${signed}`).digest('base64');
    return { 'svix-id': 'msg_1', 'svix-timestamp': timestamp, 'svix-signature': `v1,bm90aGluZw== v1,${signature}` };
  };

  it('believes one of its signatures and takes its id', () => {
    expect(receiver.receive(delivery(body, headersOf(body))).events).toMatchObject([
      { id: 'msg_1', payload: { type: 'email.bounced' } },
    ]);
  });

  it.each([
    ['a changed body', body.replace('re-1', 're-2'), headersOf(body)],
    ['a foreign key', body, headersOf(body, NOW.getTime(), Buffer.from('another'))],
    ['an old delivery', body, headersOf(body, minutesAgo(5.1))],
    ['no signature', body, {}],
    ['another id', body, { ...headersOf(body), 'svix-id': 'msg_2' }],
  ])('refuses %s', (_name, sent, headers) => {
    expect(() => receiver.receive(delivery(sent, headers))).toThrow(expect.objectContaining({ status: 401 }));
  });

  it('believes nothing where no secret is configured', () => {
    expect(() => new ResendReceiver([]).receive(delivery(body, headersOf(body)))).toThrow('signature');
  });
});

describe('Stripe', () => {
  const receiver = new StripeReceiver(['whsec_old', 'whsec_new']);
  const body = Buffer.from(
    JSON.stringify({ id: 'evt_1', object: 'event', type: 'invoice.paid', data: { who: 'Ada' } }),
  );
  const v1 = (signed: Buffer, at: number, secret: string): string =>
    createHmac('sha256', secret).update(`${at}.`).update(signed).digest('hex');
  const headersOf = (signed = body, time = NOW.getTime(), secret = 'whsec_new'): IncomingHttpHeaders => {
    const at = Math.floor(time / 1000);
    return { 'stripe-signature': `t=${at},v1=${'0'.repeat(64)},v1=${v1(signed, at, secret)},v0=${'1'.repeat(64)}` };
  };

  it('believes one of its signatures, by either secret, up to five minutes old', () => {
    for (const headers of [headersOf(), headersOf(body, minutesAgo(5)), headersOf(body, NOW.getTime(), 'whsec_old')]) {
      expect(receiver.receive(delivery(body, headers)).events).toMatchObject([
        { id: 'evt_1', payload: { type: 'invoice.paid' } },
      ]);
    }
  });

  const at = Math.floor(NOW.getTime() / 1000);
  const good = v1(body, at, 'whsec_new');
  it.each([
    ['a changed body', tampered(body), headersOf()],
    ['a foreign secret', body, headersOf(body, NOW.getTime(), 'guess')],
    ['another time than the signed one', body, { 'stripe-signature': `t=${at + 1},v1=${good}` }],
    ['the right signature as another scheme', body, { 'stripe-signature': `t=${at},v0=${good}` }],
    ['no time', body, { 'stripe-signature': `v1=${good}` }],
    ['no signature', body, { 'stripe-signature': `t=${at}` }],
    ['no header', body, {}],
  ])('refuses %s with 400', (_name, sent, headers) => {
    expect(() => receiver.receive(delivery(sent, headers))).toThrow(
      expect.objectContaining({ status: 400, code: 'webhooks.invalid_signature' }),
    );
  });

  it.each([
    ['old', minutesAgo(5.1)],
    ['from the future', minutesAgo(-5.1)],
  ])('refuses what is %s, however well it is signed', (_name, time) => {
    expect(() => receiver.receive(delivery(body, headersOf(body, time)))).toThrow(
      expect.objectContaining({ status: 400, code: 'webhooks.stale_timestamp' }),
    );
  });

  it('refuses what is signed but no event', () => {
    const signed = Buffer.from('{"id":"evt_1","object":"customer"}');
    expect(() => receiver.receive(delivery(signed, headersOf(signed)))).toThrow(
      expect.objectContaining({ status: 400, code: 'request.invalid_body' }),
    );
  });

  it('answers 500 where no secret is configured, so that Stripe tries again', () => {
    expect(() => new StripeReceiver([]).receive(delivery(body, headersOf()))).toThrow(
      expect.objectContaining({ status: 500 }),
    );
  });
});
