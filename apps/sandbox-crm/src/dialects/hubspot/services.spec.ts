import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '../../demo-facts.js';
import { effectsOf, sandboxForTest, type Reply, type SandboxForTest } from '../../testing/sandbox-client.js';

let sandbox: SandboxForTest;
beforeAll(async () => {
  sandbox = await sandboxForTest();
});
afterAll(() => sandbox.stop());

const call = (method: string, path: string, body?: unknown): Promise<Reply> =>
  sandbox.request(method, `/hubspot${path}`, body === undefined ? {} : { body });

describe('lists', () => {
  const search = async (body: object): Promise<{ listId: string; processingType: string }[]> =>
    (await call('POST', '/crm/v3/lists/search', body)).body['lists'] as { listId: string; processingType: string }[];

  it('are the tags and some that nobody can change', async () => {
    const all = await search({ count: 500 });
    const kinds = new Set(all.map(({ processingType }) => processingType));
    expect([...kinds].sort()).toEqual(['DYNAMIC', 'MANUAL', 'SNAPSHOT']);
    const active = await search({ processingTypes: ['DYNAMIC'], objectTypeId: '0-1' });
    expect(active.length).toBeGreaterThan(0);
    expect(await search({ objectTypeId: '0-2' })).toEqual([]);
    const path = `/crm/v3/lists/${active[0]?.listId ?? ''}/memberships`;
    expect((await call('PUT', `${path}/add`, ['1001'])).status).toBe(400);
    expect((await call('GET', path)).status).toBe(200);
  });

  it('page by an offset', async () => {
    const first = await call('POST', '/crm/v3/lists/search', { count: 5 });
    expect(first.body).toMatchObject({ hasMore: true, offset: 5 });
    const rest = await call('POST', '/crm/v3/lists/search', { count: 500, offset: 5 });
    expect(rest.body).toMatchObject({ hasMore: false, offset: first.body['total'] });
    expect((await call('POST', '/crm/v3/lists/search', { count: 501 })).status).toBe(400);
  });

  it('take a bare list of contacts, and name those that do not exist', async () => {
    const add = () => call('PUT', '/crm/v3/lists/199/memberships/add', ['1002', '424242']);
    expect((await add()).body).toEqual({
      recordsIdsAdded: ['1002'],
      recordIdsRemoved: [],
      recordIdsMissing: ['424242'],
    });
    expect((await add()).body).toMatchObject({ recordsIdsAdded: [] });
    expect((await call('PUT', '/crm/v3/lists/199/memberships/add', { ids: ['1002'] })).status).toBe(400);
    const mine = await call('GET', '/crm/v3/lists/records/0-1/1002/memberships');
    expect(mine.body['results']).toContainEqual(expect.objectContaining({ listId: '199' }));
    const removed = await call('PUT', '/crm/v3/lists/199/memberships/remove', ['1002']);
    expect(removed.body).toMatchObject({ recordIdsRemoved: ['1002'] });
    const operations = (await effectsOf(sandbox, '?contact_id=1002')).map(({ operation }) => operation);
    expect(operations).toEqual(['ApplyTag', 'ApplyTag', 'RemoveTag']);
  });

  it('are made once for a name, and mapped from older ids', async () => {
    const made = (name: string) =>
      call('POST', '/crm/v3/lists', { name, objectTypeId: '0-1', processingType: 'MANUAL' });
    expect((await made('New here')).status).toBe(200);
    expect((await made('new HERE')).status).toBe(400);
    const old = await call('GET', '/crm/v3/lists/idmapping?legacyListId=70199');
    expect(old.body).toEqual({ listId: '199', legacyListId: '70199' });
    expect((await call('GET', '/crm/v3/lists/idmapping?legacyListId=199')).status).toBe(404);
  });
});

describe('notes and deals', () => {
  const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 202 }];
  const note = (properties: object, id: string) => ({ properties, associations: [{ to: { id }, types }] });
  const text = { hs_timestamp: '2026-01-01T00:00:00Z', hs_note_body: 'Hello' };

  it('are found by way of the contact', async () => {
    const made = await call('POST', '/crm/v3/objects/notes', note(text, '1003'));
    expect(made.status).toBe(201);
    const ids = (await call('GET', '/crm/v4/objects/contacts/1003/associations/notes')).body['results'];
    expect(ids).toContainEqual(expect.objectContaining({ toObjectId: Number(made.body['id']) }));
    const read = await call('GET', `/crm/v3/objects/notes/${String(made.body['id'])}`);
    expect(read.body).toMatchObject({ properties: { hs_note_body: 'Hello' } });
  });

  it.each([
    ['a time', note({ hs_note_body: 'x' }, '1003'), 400],
    ['a contact', { properties: text }, 400],
    ['a contact that exists', note(text, '424242'), 404],
    ['a text of some measure', note({ ...text, hs_note_body: 'x'.repeat(65_537) }, '1003'), 400],
  ])('of a note need %s', async (_name, body, status) => {
    expect((await call('POST', '/crm/v3/objects/notes', body)).status).toBe(status);
  });

  it('move between stages that exist', async () => {
    const found = await call('GET', '/crm/v4/objects/contacts/1001/associations/deals');
    const [{ toObjectId: id } = { toObjectId: 0 }] = found.body['results'] as { toObjectId: number }[];
    const move = (properties: object) => call('PATCH', `/crm/v3/objects/deals/${id}`, { properties });
    expect((await move({ dealstage: '5' })).body).toMatchObject({ properties: { dealstage: '5' } });
    expect((await move({ dealstage: '99' })).status).toBe(400);
    expect((await move({ colour: 'blue' })).status).toBe(400);
    expect((await call('GET', '/crm/v4/objects/contacts/1001/associations/horses')).status).toBe(400);
  });
});

describe('workflows and subscriptions', () => {
  it('enrol by address, once, and only where the workflow is on', async () => {
    const enrol = (workflow: string, address: string) =>
      call('POST', `/automation/v2/workflows/${workflow}/enrollments/contacts/${address}`);
    expect((await enrol('301', 'ada.marsh.1001@example.com')).status).toBe(204);
    expect((await enrol('304', 'ada.marsh.1001@example.com')).status).toBe(400);
    expect((await enrol('999', 'ada.marsh.1001@example.com')).status).toBe(404);
    expect((await enrol('301', 'nobody@example.com')).status).toBe(404);
    const [flow] = (await call('GET', '/automation/v4/flows')).body['results'] as { id: string }[];
    expect(flow?.id).not.toBe('301');
  });

  it('subscribe to one type and unsubscribe from all', async () => {
    const path = '/communication-preferences/v4/statuses/ben.okafor.1002@example.com';
    const status = async () =>
      ((await call('GET', `${path}?channel=EMAIL`)).body['results'] as { status: string }[])[0]?.status;
    expect((await call('POST', `${path}/unsubscribe-all?channel=EMAIL`)).body).toMatchObject({ results: [] });
    expect(await status()).toBe('UNSUBSCRIBED');
    const wish = { channel: 'EMAIL', statusState: 'SUBSCRIBED', subscriptionId: 2001 };
    expect((await call('POST', path, wish)).body).toMatchObject({ results: [{ status: 'SUBSCRIBED' }] });
    expect((await call('POST', path, { ...wish, subscriptionId: 2000 })).status).toBe(400);
    expect((await call('GET', path)).status).toBe(400);
  });
});

describe('access', () => {
  const token = (form: Record<string, string>) =>
    sandbox.request('POST', '/hubspot/oauth/v3/token', { body: new URLSearchParams(form), token: null });
  const client = { client_id: DEFAULT_CLIENT_ID, client_secret: DEFAULT_CLIENT_SECRET };

  it('lasts half an hour, names the portal, and keeps the refresh token', async () => {
    const redirect = 'https://app.example/back';
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: DEFAULT_CLIENT_ID,
      redirect_uri: redirect,
      auto: 'approve',
    });
    const sent = await sandbox.request('GET', `/hubspot/oauth/authorize?${query.toString()}`, { token: null });
    const code = new URL(sent.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const granted = await token({ ...client, grant_type: 'authorization_code', code, redirect_uri: redirect });
    expect(granted.body).toMatchObject({ expires_in: 1800, hub_id: expect.any(Number) });
    const refreshToken = String(granted.body['refresh_token']);
    for (let time = 0; time < 2; time += 1) {
      const again = await token({ ...client, grant_type: 'refresh_token', refresh_token: refreshToken });
      expect(again.body).toMatchObject({ refresh_token: refreshToken, hub_id: granted.body['hub_id'] });
    }
    const details = await sandbox.request('GET', '/hubspot/account-info/v3/details', {
      token: String(granted.body['access_token']),
    });
    expect(details.body['portalId']).toBe(granted.body['hub_id']);
  });

  it('is refused in HubSpot’s words', async () => {
    const refused = await token({ ...client, grant_type: 'refresh_token', refresh_token: 'gone' });
    expect([refused.status, refused.body['status']]).toEqual([400, 'BAD_REFRESH_TOKEN']);
    const unknown = await sandbox.request('GET', '/hubspot/crm/v3/objects/contacts', { token: 'no-token' });
    expect([unknown.status, unknown.body['category']]).toEqual([401, 'INVALID_AUTHENTICATION']);
  });
});
