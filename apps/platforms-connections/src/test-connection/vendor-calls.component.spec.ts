import { startConnections, type RunningConnections } from '../testing/running-connections.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { scopeOf } from '#contracts';
import { waitFor } from '#testing';
import { Clock } from '../clock.js';
import { ConnectionHealth } from '../connection-health/connection-health.js';
import { TOKEN_PATH, USER_INFO_PATH, type VendorCall } from '../testing/fake-vendor.js';
import { signIn } from '../testing/signed-in.js';

const API = '/keap/crm/rest/v2';
let running: RunningConnections;
beforeAll(async () => {
  running = await startConnections();
});
afterAll(() => running.stop());
beforeEach(() => {
  running.vendor.on(USER_INFO_PATH, whoAmI);
  running.vendor.on(TOKEN_PATH, (call) => running.vendor.grant(call));
});

const whoAmI = () => ({ status: 200, body: { sub: running.vendor.person, id: '1' } });
const refuse = () => ({ status: 401, body: { fault: { faultstring: 'Invalid access token' } } });

let accounts = 0;
const newAccount = (): string => `account:0190e000-0000-7000-8000-${String((accounts += 1)).padStart(12, '0')}`;

interface Ref {
  account: string;
  path: string;
  id: string;
}

async function byKey(platform = 'sandbox'): Promise<Ref> {
  const account = newAccount();
  const body = { name: 'Demo', credentials: { api_key: 'demo-key' } };
  const created = await running.call(account, 'POST', `/platforms/${platform}/connections`, body);
  const id = (created.body.data as { connection_id: string }).connection_id;
  return { account, id, path: `/platforms/${platform}/connections/${id}` };
}

async function bySignIn(): Promise<Ref> {
  const account = newAccount();
  const id = await signIn(running, account, `person-${accounts}`);
  return { account, id, path: `/platforms/sandbox/connections/${id}` };
}

const test = ({ account, path }: Ref) => running.call(account, 'POST', `${path}/test`);
const shown = async ({ account, path }: Ref) => (await running.call(account, 'GET', path)).body.data;
const kindsOf = ({ id }: Ref): string[] =>
  running.events.filter(({ subject }) => subject === id).map(({ type }) => type.split('.')[3] ?? '');

describe('test', () => {
  it('tries the key at the vendor and notes that it works', async () => {
    const ref = await byKey();
    const { status, body } = await test(ref);
    expect(status).toBe(200);
    const { tested_at } = body.data as { tested_at: string };
    expect(body.data).toEqual({
      connection_id: ref.id,
      platform_id: 'platform:sandbox',
      status: 'success',
      message: 'The connection works',
      tested_at,
      result: { status: 'success', platform_id: 'platform:sandbox', tested_at },
    });
    expect(running.vendor.callsOf(USER_INFO_PATH).at(-1)?.authorization).toBe('Bearer demo-key');
    expect(await shown(ref)).toMatchObject({ status: 'active', last_connected: tested_at });
    await waitFor(() => kindsOf(ref).length === 2);
    expect(kindsOf(ref)).toEqual(['created', 'tested']);
  });

  it('answers 400, never 401, when the vendor refuses the key, and works again with another one', async () => {
    const ref = await byKey();
    running.vendor.on(USER_INFO_PATH, refuse);
    expect(await test(ref)).toMatchObject({ status: 400, body: { code: 'connections.test_failed' } });
    expect(await shown(ref)).toMatchObject({ status: 'error', status_reason: 'auth_invalid' });
    await waitFor(() => kindsOf(ref).length === 3);
    expect(kindsOf(ref)).toEqual(['created', 'expired', 'tested']);
    running.vendor.on(USER_INFO_PATH, whoAmI);
    await running.call(ref.account, 'PUT', ref.path, { credentials: { api_key: 'other-key' } });
    expect(await shown(ref)).not.toHaveProperty('status_reason');
    expect((await test(ref)).status).toBe(200);
    expect(running.vendor.callsOf(USER_INFO_PATH).at(-1)?.authorization).toBe('Bearer other-key');
  });

  it('leaves what is found out while the vendor is being tried: the later word stays', async () => {
    const ref = await byKey();
    running.vendor.on(USER_INFO_PATH, async () => {
      const health = running.service.app.get(ConnectionHealth, { strict: false });
      await health.lost(scopeOf(ref.account), ref.id, 1, 'auth_invalid');
      return whoAmI();
    });
    expect((await test(ref)).status).toBe(200);
    expect(await shown(ref)).toMatchObject({ status: 'error', status_reason: 'auth_invalid' });
    running.vendor.on(USER_INFO_PATH, whoAmI);
    await test(ref);
    expect(await shown(ref)).toMatchObject({ status: 'active' });
  });

  it('tells missing rights from a refused key and from broken answers', async () => {
    const ref = await byKey();
    running.vendor.on(USER_INFO_PATH, () => ({ status: 403, body: {} }));
    expect(await test(ref)).toMatchObject({ status: 400 });
    expect(await shown(ref)).toMatchObject({ status: 'error', status_reason: 'scope_missing' });
    running.vendor.on(USER_INFO_PATH, whoAmI);
    await test(ref);
    running.vendor.on(USER_INFO_PATH, () => ({ status: 400, body: {} }));
    await test(ref);
    expect(await shown(ref)).toMatchObject({ status: 'error', status_reason: 'test_failed' });
  });

  it('blames nobody for a vendor that is too busy', async () => {
    const ref = await byKey();
    running.vendor.on(USER_INFO_PATH, () => ({ status: 429, body: {}, headers: { 'retry-after': '30' } }));
    const answer = await test(ref);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
    expect(await shown(ref)).toMatchObject({ status: 'active' });
  });

  it('shows how much of the request budget is left, and until when a vendor wants a pause', async () => {
    const ref = await byKey();
    const budget = async () => {
      const { body } = await running.call(ref.account, 'GET', `/platform-connections/${ref.id}`);
      return (body.data as { budget: { limit: number; remaining: number; resets_at: string } }).budget;
    };
    const before = await budget();
    expect(before.limit).toBeGreaterThan(100);
    expect(before.remaining).toBe(before.limit);
    running.vendor.on(USER_INFO_PATH, () => ({ status: 429, body: {}, headers: { 'retry-after': '30' } }));
    await test(ref);
    const paused = await waitFor(async () => {
      const seen = await budget();
      return seen.remaining === 0 && seen;
    });
    expect(Date.parse(paused.resets_at) - Date.now()).toBeGreaterThan(25_000);
  });

  it('refreshes a token that the vendor no longer takes, once, and goes on', async () => {
    const ref = await bySignIn();
    const before = running.vendor.callsOf(TOKEN_PATH).length;
    const stale = `Bearer at-${before}`;
    running.vendor.on(USER_INFO_PATH, (call: VendorCall) => (call.authorization === stale ? refuse() : whoAmI()));
    expect((await test(ref)).status).toBe(200);
    expect(running.vendor.callsOf(TOKEN_PATH)).toHaveLength(before + 1);
    running.vendor.on(USER_INFO_PATH, refuse);
    running.vendor.withdraw();
    expect((await test(ref)).body.code).toBe('connections.test_failed');
    expect(await shown(ref)).toMatchObject({ status: 'error', status_reason: 'expired' });
  });
});

describe('tags and fields', () => {
  it('come from the vendor, kept for minutes and shared by those who ask at once', async () => {
    const ref = await byKey();
    running.vendor.on(`${API}/tags`, () => ({ status: 200, body: { tags: [{ id: '3', name: 'VIP' }] } }));
    running.vendor.on(`${API}/contacts/model`, () => ({
      status: 200,
      body: { custom_fields: [{ id: '7', label: 'Score', field_name: 'Score', field_type: 'WholeNumber' }] },
    }));
    const ask = (what: string) => running.call(ref.account, 'GET', `${ref.path}/${what}`);
    const tags = await Promise.all(Array.from({ length: 5 }, () => ask('tags')));
    expect(tags.map(({ body }) => body.data)).toEqual(Array.from({ length: 5 }, () => [{ id: '3', name: 'VIP' }]));
    expect(running.vendor.callsOf(`${API}/tags`)).toHaveLength(1);
    const fields = (await ask('fields')).body.data as { standard_fields: { key: string }[]; custom_fields: unknown };
    expect(fields.standard_fields.map(({ key }) => key)).toEqual([
      'first_name',
      'last_name',
      'email',
      'phone',
      'company',
      'job_title',
    ]);
    expect(fields.standard_fields[2]).toEqual({
      key: 'email',
      label: 'Email',
      field_type: 'email',
      group_name: 'Contact Info',
    });
    expect(fields.custom_fields).toEqual([{ id: '7', key: 'Score', label: 'Score', field_type: 'WholeNumber' }]);
    const clock = running.service.app.get(Clock);
    clock.now = () => new Date(Date.now() + 121_000);
    await ask('tags');
    clock.now = () => new Date();
    expect(running.vendor.callsOf(`${API}/tags`)).toHaveLength(2);
  });

  it('are not remembered when they could not be read', async () => {
    const ref = await byKey();
    const ask = () => running.call(ref.account, 'GET', `${ref.path}/tags`);
    running.vendor.on(`${API}/tags`, () => ({ status: 200, body: 'nonsense' }));
    expect(await ask()).toMatchObject({ status: 502, body: { code: 'connections.vendor_unavailable' } });
    running.vendor.on(`${API}/tags`, refuse);
    expect(await ask()).toMatchObject({ status: 400, body: { code: 'connections.credentials_rejected' } });
    expect(await shown(ref)).toMatchObject({ status: 'error', status_reason: 'auth_invalid' });
    running.vendor.on(`${API}/tags`, () => ({ status: 200, body: { tags: [] } }));
    expect((await ask()).body.data).toEqual([]);
  });

  it('say so where no connector reads contacts', async () => {
    const ref = await byKey('stripe');
    const answer = await running.call(ref.account, 'GET', `${ref.path}/tags`);
    expect(answer).toMatchObject({ status: 422, body: { code: 'connections.unsupported' } });
  });

  it('are hidden from other accounts', async () => {
    const ref = await byKey();
    for (const [method, what] of [
      ['GET', 'tags'],
      ['GET', 'fields'],
      ['POST', 'test'],
    ] as const) {
      const answer = await running.call(newAccount(), method, `${ref.path}/${what}`);
      expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 404, code: 'connections.not_found' });
    }
  });
});
