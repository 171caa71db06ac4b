import { endpoints, startGateway, type RunningGateway } from '../testing/running-gateway.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { events as catalogue, type CloudEvent, type InboundReceived } from '#contracts';
import { Database } from '#persistence';
import { STRIPE_WEBHOOK_SECRET, startFakeStripe, waitFor } from '#testing';
import { environment } from '../testing/environment.js';
import { inboundEventsCollection } from './inbound-events.repository.js';

const PUBLIC_URL = 'https://api.example.com';
const HUBSPOT_SECRET = 'hubspot-client-secret';
const SECRET = 'k'.repeat(43);
const { publicKey, privateKey } = generateKeyPairSync('ed25519');

let running: RunningGateway;
let nats: NatsConnection;
const published: CloudEvent<InboundReceived>[] = [];

beforeAll(async () => {
  running = await startGateway({
    MFH_PUBLIC_URL: PUBLIC_URL,
    MFH_WEBHOOK_HUBSPOT_SECRETS: HUBSPOT_SECRET,
    MFH_WEBHOOK_STRIPE_SECRETS: STRIPE_WEBHOOK_SECRET,
    MFH_WEBHOOK_GOHIGHLEVEL_PUBLIC_KEYS: String(publicKey.export({ type: 'spki', format: 'pem' })),
  });
  const hash = createHash('sha256').update(SECRET).digest('base64url');
  const endpoint = { account_id: 'account:1', connection_id: 'connection:1' };
  for (const vendor of ['keap', 'activecampaign', 'ontraport']) endpoints.set(`${vendor} ${hash}`, endpoint);
  nats = await connect({ servers: environment.natsUrl });
  nats.subscribe(catalogue.keapWebhookReceived.subject().replace('keap.received', '>'), {
    callback: (error, message) => {
      const event = error ? undefined : message.json<CloudEvent<InboundReceived>>();
      if (event && !published.some(({ id }) => id === event.id)) published.push(event);
    },
  });
  await nats.flush();
});
afterAll(async () => {
  await nats.close();
  await running.stop();
});

const post = (path: string, body: string, headers: Record<string, string> = {}, url = running.gateway.url) =>
  fetch(url + path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

const stored = () => running.gateway.app.get(Database).collection(inboundEventsCollection).find({});

const publishedOf = (eventId: string) => published.filter(({ data }) => data.event_id === eventId);

function ghl(webhookId: string, changes: Record<string, unknown> = {}) {
  const timestamp = new Date().toISOString();
  const body = JSON.stringify({ type: 'ContactCreate', locationId: 'loc', id: 'c1', webhookId, timestamp, ...changes });
  return { body, headers: { 'x-ghl-signature': sign(null, Buffer.from(body), privateKey).toString('base64') } };
}

function hubspot(events: unknown[], time = Date.now()) {
  const body = JSON.stringify(events);
  const signature = createHmac('sha256', HUBSPOT_SECRET)
    .update(`POST${PUBLIC_URL}/webhooks/hubspot${body}${time}`)
    .digest('base64');
  return { body, headers: { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': String(time) } };
}

describe('a signed delivery', () => {
  it('is stored and published once, however often and wherever it arrives', async () => {
    const { body, headers } = ghl('once');
    const other = await running.another();
    try {
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          post('/webhooks/gohighlevel', body, headers, index % 2 === 0 ? other.url : running.gateway.url),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    } finally {
      await other.stop();
    }
    const event = await waitFor(() => publishedOf('once')[0], { what: 'the event' });
    expect(event).toMatchObject({ data: { vendor: 'gohighlevel', payload: { locationId: 'loc', id: 'c1' } } });
    expect((await stored()).filter(({ event_id: id }) => id === 'once')).toHaveLength(1);
    expect(publishedOf('once')).toHaveLength(1);
  });

  it('keeps no secret, and is kept for thirty days', async () => {
    const { body, headers } = ghl('secretive', { access_token: 'very secret', note: 'plain' });
    expect((await post('/webhooks/gohighlevel', body, headers)).status).toBe(200);
    const record = (await stored()).find(({ event_id: id }) => id === 'secretive');
    expect(record?.body).toContain('plain');
    expect(record?.body).not.toContain('very secret');
    expect((record?.expire_at.getTime() ?? 0) - (record?.received_at.getTime() ?? 0)).toBe(30 * 24 * 3600 * 1000);
  });

  it('leaves nothing behind when it is forged, old, or too large', async () => {
    const before = (await stored()).length;
    const good = ghl('forged');
    const old = ghl('old', { timestamp: new Date(Date.now() - 6 * 60_000).toISOString() });
    const huge = ghl('huge', { note: 'x'.repeat(257 * 1024) });
    const statuses = [
      await post('/webhooks/gohighlevel', good.body.replace('loc', 'col'), good.headers),
      await post('/webhooks/gohighlevel', good.body),
      await post('/webhooks/gohighlevel', old.body, old.headers),
      await post('/webhooks/gohighlevel', huge.body, huge.headers),
      await post('/webhooks/zoom', '{}'),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 401, 401, 413, 401]);
    expect((await stored()).length).toBe(before);
  });

  it('may hold a hundred events, of which each counts once over all deliveries', async () => {
    const event = (objectId: number) => ({ eventId: 1, portalId: 9, subscriptionId: 2, objectId, occurredAt: 1 });
    const first = hubspot(Array.from({ length: 100 }, (_, index) => event(index)));
    const started = Date.now();
    expect((await post('/webhooks/hubspot', first.body, first.headers)).status).toBe(200);
    expect(Date.now() - started).toBeLessThan(2_000);
    const second = hubspot([event(99), event(100), { ...event(1), attemptNumber: 1 }]);
    expect((await post('/webhooks/hubspot', second.body, second.headers)).status).toBe(200);
    expect((await stored()).filter(({ vendor }) => vendor === 'hubspot')).toHaveLength(101);
    const late = hubspot([event(101)], Date.now() - 6 * 60_000);
    expect((await post('/webhooks/hubspot', late.body, late.headers)).status).toBe(401);
  });
});

describe('the address for Stripe', () => {
  it('takes what is signed on the bytes that came, once, and answers 400 to everything else', async () => {
    const stripe = await startFakeStripe();
    const customer = stripe.book.addCustomer({ name: 'Ada  "Ö"' });
    const event = stripe.book.record('customer.updated', customer);
    await stripe.close();
    const { body, headers } = stripe.delivery(event);
    // Parsed and written again it would be another text: only the bytes themselves fit the signature.
    const spaced = JSON.stringify(event, null, 2);
    const old = stripe.delivery(event, new Date(Date.now() - 301_000));
    const unsigned = { 'content-type': 'application/json' };
    const refused = [
      await post('/billing/webhook', spaced, headers),
      await post('/billing/webhook', old.body, old.headers),
      await post('/billing/webhook', body, unsigned),
    ];
    expect(refused.map(({ status }) => status)).toEqual([400, 400, 400]);
    expect(await refused[0]?.json()).toMatchObject({ success: false, code: 'webhooks.invalid_signature' });
    expect(publishedOf(event.id)).toHaveLength(0);

    const answers = await Promise.all([1, 2, 3].map(() => post('/billing/webhook', body, headers)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const published = await waitFor(() => publishedOf(event.id)[0], { what: 'the event' });
    expect(published).toMatchObject({ data: { vendor: 'stripe', payload: { type: 'customer.updated' } } });
    expect((await stored()).filter(({ vendor }) => vendor === 'stripe')).toHaveLength(1);
    expect(publishedOf(event.id)).toHaveLength(1);
  });
});

describe('a secret address', () => {
  const delivery = '{"event_key":"contact.add","object_keys":[{"id":5}]}';

  it('answers the word by which Keap tries it out, and stores nothing of it', async () => {
    const before = (await stored()).length;
    const answer = await post(`/webhooks/keap/${SECRET}`, '{}', { 'x-hook-secret': 'the word' });
    expect([answer.status, answer.headers.get('x-hook-secret')]).toEqual([200, 'the word']);
    expect((await stored()).length).toBe(before);
  });

  it('names the connection; the same delivery counts once', async () => {
    for (let time = 0; time < 3; time += 1) {
      expect((await post(`/webhooks/keap/${SECRET}`, delivery)).status).toBe(200);
    }
    const events = (await stored()).filter(({ vendor }) => vendor === 'keap');
    expect(events).toMatchObject([{ endpoint: { account_id: 'account:1', connection_id: 'connection:1' } }]);
    const event = await waitFor(() => publishedOf(events[0]?.event_id ?? '')[0], { what: 'the event' });
    expect(event).toMatchObject({ accountid: 'account:1', data: { payload: { event_key: 'contact.add' } } });
    expect(JSON.stringify([events, event])).not.toContain(SECRET);
  });

  it('reads forms with bracketed names', async () => {
    const form = 'type=contact_tag_added&tag=VIP&contact%5Bid%5D=12&contact[tags]=VIP, New';
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post(`/webhooks/activecampaign/${SECRET}`, form, headers)).status).toBe(200);
    const [event] = (await stored()).filter(({ vendor }) => vendor === 'activecampaign');
    expect(JSON.parse(event?.body ?? '')).toEqual({
      type: 'contact_tag_added',
      tag: 'VIP',
      contact: { id: '12', tags: 'VIP, New' },
    });
  });

  it('does not exist without the right secret', async () => {
    const before = (await stored()).length;
    for (const path of [`keap/${'x'.repeat(43)}`, 'keap/short', `ontraport/${'y'.repeat(43)}`, 'keap', 'unheard-of']) {
      expect([path, (await post(`/webhooks/${path}`, delivery, { 'x-hook-secret': 'w' })).status]).toEqual([path, 404]);
    }
    expect((await stored()).length).toBe(before);
  });
});
