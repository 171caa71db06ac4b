import { startConnections, type RunningConnections } from '../testing/running-connections.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import {
  events as catalogue,
  inboundReceived,
  questions,
  scopeOf,
  type CloudEvent,
  type ContactChanged,
  type InboundVendor,
} from '#contracts';
import { EventPublisher } from '#messaging';
import { UnitOfWork } from '#persistence';
import { waitFor } from '#testing';
import { ConnectionOpener } from '../create-connection/connection-opener.js';
import { environment } from '../testing/environment.js';
import { WebhookEndpoints } from './webhook-endpoints.repository.js';

const ACCOUNT = 'account:0190a000-0000-7000-8000-00000000000a';
const scope = scopeOf(ACCOUNT);
const HOOKS = '/keap/crm/rest/v1/hooks';
const PAST = new Date(Date.now() - 60_000);

let running: RunningConnections;
let nats: NatsConnection;
let connection: string;
const changed: CloudEvent<ContactChanged>[] = [];
let hooks = 0;

const hook = (key: number, status = 'Verified') => ({ key, status, eventKey: 'x', hookUrl: 'x' });
const part = <T>(type: abstract new (...args: never[]) => T): T => running.service.app.get(type as never);

beforeAll(async () => {
  running = await startConnections();
  const { vendor } = running;
  vendor.on(HOOKS, () => ({ status: 201, body: hook((hooks += 1)) }));
  for (const id of [1, 2]) vendor.on(`${HOOKS}/${id}`, () => ({ status: 200, body: hook(id) }));
  vendor.on('/keap/crm/rest/v2/tags', () => ({ status: 200, body: { tags: [{ id: '7', name: 'VIP' }] } }));
  nats = await connect({ servers: environment.natsUrl });
  nats.subscribe(catalogue.contactChanged.subject(), {
    callback: (error, message) => {
      const event = error ? undefined : message.json<CloudEvent<ContactChanged>>();
      if (event && !changed.some(({ id }) => id === event.id)) changed.push(event);
    },
  });
  const made = await running.call(ACCOUNT, 'POST', '/platforms/sandbox/connections', {
    name: 'CRM',
    credentials: { api_key: 'k' },
  });
  connection = (made.body.data as { connection_id: string }).connection_id;
});
afterAll(async () => {
  await nats.close();
  await running.stop();
});

function trigger(
  id: string,
  fact: 'triggerCreated' | 'triggerDeleted',
  version: number,
  event = 'tag_applied' as const,
) {
  const data = { trigger_id: id, helper_id: 'helper:1', connection_id: connection, event, filter: {}, version };
  return part(EventPublisher).publish(catalogue[fact], { subject: id, accountId: ACCOUNT, data });
}

function received(
  vendor: InboundVendor,
  eventId: string,
  payload: Record<string, unknown>,
  secret = false,
  at = new Date(),
) {
  const endpoint = { account_id: ACCOUNT, connection_id: connection };
  const data = { vendor, event_id: eventId, received_at: at.toISOString(), payload, ...(secret && { endpoint }) };
  return part(EventPublisher).publish(inboundReceived[vendor], { subject: eventId, data });
}

const endpoint = () => part(WebhookEndpoints).find(scope, connection);
const changesOf = (contact: string) => changed.flatMap(({ data }) => (data.contact_id === contact ? [data] : []));

/** A connection that nobody signed in for. */
async function opened(platformId: string, external: { external_app_id?: string }, metadata = {}): Promise<string> {
  const made = await part(UnitOfWork).run((session) =>
    part(ConnectionOpener).open(session, scope, {
      userId: 'user:1',
      platformId,
      name: 'Other',
      authType: 'oauth2',
      secrets: { sealed: 'x', issued_at: PAST },
      metadata,
      external,
    }),
  );
  return made._id;
}

describe('a first trigger', () => {
  it('subscribes its connection once, with an address that the gateway can look up', async () => {
    await trigger('trg_1', 'triggerCreated', 1);
    await trigger('trg_2', 'triggerCreated', 1);
    const made = await waitFor(async () => {
      const found = await endpoint();
      return found?.subscriptions.length === 2 ? found : undefined;
    });
    const asked = running.vendor
      .callsOf(HOOKS)
      .map(({ body }) => JSON.parse(body) as { eventKey: string; hookUrl: string });
    expect(asked.map(({ eventKey }) => eventKey)).toEqual(['contactGroup.applied', 'contact.delete']);
    const secret = asked[0]?.hookUrl.split('/').at(-1) ?? '';
    expect(asked[0]?.hookUrl).toMatch(/^http:\/\/127\.0\.0\.1:8080\/webhooks\/keap\/[\w-]{43}$/);
    const owner = await running.ask(questions.webhookEndpoint, { vendor: 'keap', secret_hash: made.secret_hash ?? '' });
    expect(owner).toEqual({ account_id: ACCOUNT, connection_id: connection });
    expect(JSON.stringify(made)).not.toContain(secret);
    await expect(running.ask(questions.webhookEndpoint, { vendor: 'keap', secret_hash: 'x' })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('is given up with the last one, whatever arrives late', async () => {
    await trigger('trg_1', 'triggerDeleted', 2);
    await trigger('trg_2', 'triggerDeleted', 2);
    await trigger('trg_2', 'triggerCreated', 1);
    await waitFor(async () => (await endpoint())?.subscriptions.length === 0);
    const deletions = running.vendor.calls.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
    expect(deletions.toSorted()).toEqual([`${HOOKS}/1`, `${HOOKS}/2`]);
  });
});

describe('a webhook of a secret address', () => {
  it('becomes a changed contact of its connection once, however often it is delivered', async () => {
    const payload = {
      event_key: 'contactGroup.applied',
      object_keys: [{ id: 7, contact_details: [{ id: 31, timestamp: '2026-11-21T10:00:00Z' }] }],
    };
    const other = await running.another();
    try {
      for (let time = 0; time < 3; time += 1) await received('keap', 'same', payload, true);
      await received('keap', 'another grouping', payload, true);
      await waitFor(() => changesOf('31').length >= 2);
    } finally {
      await other.stop();
    }
    expect(changesOf('31')).toMatchObject([
      { connection_id: connection, account_id: ACCOUNT, platform: 'sandbox', change: 'tag_applied', tag: { id: '7' } },
      { change: 'tag_applied' },
    ]);
    expect(new Set(changesOf('31').map(({ change_id: id }) => id)).size).toBe(1);
  });
});

describe('a webhook of a location or portal', () => {
  const contact = {
    locationId: 'loc-1',
    id: 'g1',
    firstName: 'Ada',
    tags: ['old'],
    customFields: [{ id: 'f1', value: 'a' }],
  };
  const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

  it('finds every connection of that account, and what is new about the contact', async () => {
    const byOAuth = await opened('platform:gohighlevel', { external_app_id: 'loc-1' });
    const byKey = await opened('platform:gohighlevel', {}, { location_id: 'loc-1' });
    await opened('platform:gohighlevel', { external_app_id: 'loc-2' });
    await received('gohighlevel', 'g-1', { type: 'ContactCreate', timestamp: at(0), ...contact });
    const next = { ...contact, tags: ['old', 'VIP'], customFields: [{ id: 'f1', value: 'b' }] };
    await received('gohighlevel', 'g-2', { type: 'ContactTagUpdate', timestamp: at(1), ...next });
    await received('gohighlevel', 'late', { type: 'ContactUpdate', timestamp: at(-5), ...contact, tags: [] });
    await received('gohighlevel', 'g-3', { type: 'ContactDelete', timestamp: at(2), ...next });
    await waitFor(() => changesOf('g1').filter(({ change }) => change === 'contact_deleted').length === 2);
    for (const id of [byOAuth, byKey]) {
      const own = changesOf('g1').filter(({ connection_id: of }) => of === id);
      expect(own.map(({ change, tag, field }) => [change, tag?.name ?? field ?? null])).toEqual([
        ['contact_created', null],
        ['tag_applied', 'old'],
        ['contact_updated', null],
        ['tag_applied', 'VIP'],
        ['field_changed', { key: 'f1', value: 'b' }],
        ['contact_updated', null],
        ['contact_deleted', null],
      ]);
    }
    expect(changesOf('g1')).toHaveLength(14);
  });

  it('disconnects a connection whose app was removed, but not one that was renewed since', async () => {
    const removed = await opened('platform:gohighlevel', { external_app_id: 'loc-3' });
    await received(
      'gohighlevel',
      'u-0',
      { type: 'UNINSTALL', locationId: 'loc-3' },
      false,
      new Date(PAST.getTime() - 60_000),
    );
    await received('gohighlevel', 'u-1', { type: 'UNINSTALL', locationId: 'loc-3' });
    const read = () => running.call(ACCOUNT, 'GET', `/platform-connections/${removed}`);
    await waitFor(async () => ((await read()).body.data as { status: string }).status === 'disconnected');
    const told = () =>
      running.events.filter(({ subject, type }) => subject === removed && type === catalogue.connectionUpdated.type);
    await waitFor(() => told().length > 0);
    expect(told().map(({ data }) => data)).toMatchObject([{ status: 'disconnected', changed: ['status'] }]);
  });

  it('reads HubSpot events by their portal', async () => {
    const hubspot = await opened('platform:hubspot', { external_app_id: '62' });
    const payload = {
      portalId: 62,
      objectId: 90,
      subscriptionType: 'contact.propertyChange',
      propertyName: 'city',
      propertyValue: 'Ulm',
    };
    await received('hubspot', 'h-1', payload);
    await received('hubspot', 'h-2', { ...payload, portalId: 63 });
    await received('hubspot', 'h-3', { ...payload, objectId: 91 });
    await waitFor(() => changesOf('91').length === 1);
    expect(changesOf('90')).toMatchObject([{ connection_id: hubspot, field: { key: 'city', value: 'Ulm' } }]);
  });
});

describe('what a helper is to wait for', () => {
  const ask = (connectionId: string, event: 'tag_applied' | 'field_changed', filter = {}) =>
    running.ask(questions.prepareTrigger, { account_id: ACCOUNT, connection_id: connectionId, event, filter });

  it('is put into the vendor’s words', async () => {
    expect(await ask(connection, 'tag_applied', { tag_id: 'vip' })).toEqual({
      platform: 'sandbox',
      tag: ['7', 'VIP'],
      field: [],
    });
    await expect(ask(connection, 'tag_applied', { tag_id: 'Gold' })).rejects.toMatchObject({ status: 422 });
  });

  it('is refused where the vendor does not tell of it', async () => {
    const hubspot = await opened('platform:hubspot', { external_app_id: '64' });
    const ontraport = await opened('platform:ontraport', {});
    await expect(ask(hubspot, 'tag_applied')).rejects.toMatchObject({ status: 422, code: 'triggers.unsupported' });
    await expect(ask(ontraport, 'field_changed')).rejects.toMatchObject({ status: 422, code: 'triggers.unsupported' });
    await expect(ask(ontraport, 'tag_applied')).rejects.toMatchObject({ status: 422, code: 'triggers.invalid_filter' });
  });
});

describe('a deleted connection', () => {
  it('is subscribed to nothing any more, whatever one of its subscriptions has become', async () => {
    const { vendor } = running;
    for (const id of [hooks + 1, hooks + 2]) {
      const forgotten = id === hooks + 1;
      vendor.on(`${HOOKS}/${id}`, ({ method }) =>
        method === 'DELETE' && forgotten ? { status: 404, body: {} } : { status: 200, body: hook(id) },
      );
    }
    const last = hooks + 2;
    await trigger('trg_3', 'triggerCreated', 1);
    await waitFor(async () => (await endpoint())?.subscriptions.length === 2);
    const deleted = await running.call(ACCOUNT, 'DELETE', `/platforms/sandbox/connections/${connection}`);
    expect(deleted.status).toBe(200);
    const ended = vendor.calls.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
    expect(ended.slice(2).toSorted()).toEqual([`${HOOKS}/${last - 1}`, `${HOOKS}/${last}`]);
    await waitFor(async () => (await endpoint()) === null);
  });
});
