import {
  startConnections,
  type RunningConnections,
} from '../../apps/platforms-connections/src/testing/running-connections.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DEFAULT_ADMIN_SECRET,
  DEFAULT_CLIENT_ID,
  DEFAULT_CLIENT_SECRET,
  DEMO_KEY,
  DEMO_TAG,
  SCORE_FIELD,
} from '../../apps/sandbox-crm/src/demo-facts.js';
import { startSandbox, type RunningSandbox } from '../../apps/sandbox-crm/src/sandbox.js';

/** Connections against the demo CRM itself: both forms of connecting, and what the vendor answers through them. */
let sandbox: RunningSandbox;
let running: RunningConnections;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, contacts: 5 });
  running = await startConnections({
    MFH_SANDBOX_URL: sandbox.url,
    MFH_OAUTH_SANDBOX_CLIENT_ID: DEFAULT_CLIENT_ID,
    MFH_OAUTH_SANDBOX_CLIENT_SECRET: DEFAULT_CLIENT_SECRET,
  });
});
afterAll(async () => {
  await running.stop();
  await sandbox.stop();
});

const account = 'account:0190f000-0000-7000-8000-000000000001';
const at = (id: string): string => `/platforms/sandbox/connections/${id}`;
const post = (path: string, body?: unknown) => running.call(account, 'POST', path, body);
const get = (path: string) => running.call(account, 'GET', path);

async function connectByKey(api_key: string): Promise<string> {
  const { body } = await post('/platforms/sandbox/connections', { name: 'Demo', credentials: { api_key } });
  return (body.data as { connection_id: string }).connection_id;
}

/** What a browser does: to the vendor, through its consent page, and back with what the vendor adds. */
async function signIn(decision: 'approve' | 'deny', user: string): Promise<Awaited<ReturnType<typeof get>>> {
  const started = await post('/platforms/sandbox/oauth/start');
  const { url } = started.body.data as { url: string };
  const consent = await fetch(`${url}&auto=${decision}&user=${user}`, { redirect: 'manual' });
  const back = new URL(consent.headers.get('location') ?? '');
  expect(back.pathname).toBe('/platforms/oauth/callback');
  return get(`/platforms/oauth/callback${back.search}`);
}

describe('a connection by key', () => {
  it('is tested and shows tags and fields of the demo CRM', async () => {
    const id = await connectByKey(DEMO_KEY);
    expect((await post(`${at(id)}/test`)).body.data).toMatchObject({ status: 'success' });
    const tags = (await get(`${at(id)}/tags`)).body.data as { id: string; name: string }[];
    expect(tags).toContainEqual(expect.objectContaining({ id: DEMO_TAG.id, name: DEMO_TAG.name }));
    const fields = (await get(`${at(id)}/fields`)).body.data as { custom_fields: { id: string; label: string }[] };
    expect(fields.custom_fields).toContainEqual(expect.objectContaining(SCORE_FIELD));
  });

  it('fails its test with a key that the CRM does not know', async () => {
    const id = await connectByKey('nonsense');
    expect(await post(`${at(id)}/test`)).toMatchObject({ status: 400, body: { code: 'connections.test_failed' } });
    expect((await get(at(id))).body.data).toMatchObject({ status: 'error', status_reason: 'auth_invalid' });
  });
});

describe('a connection by signing in', () => {
  it('works, survives expired tokens by a refresh, and is renewed by the same person', async () => {
    const connected = await signIn('approve', 'ada');
    expect(connected.status).toBe(200);
    const { connection_id: id } = connected.body.data as { connection_id: string };
    expect((await post(`${at(id)}/test`)).status).toBe(200);
    const expired = await fetch(`${sandbox.url}/_admin/tokens/expire`, {
      method: 'POST',
      headers: { 'x-sandbox-admin': DEFAULT_ADMIN_SECRET, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(expired.ok).toBe(true);
    expect((await post(`${at(id)}/test`)).status).toBe(200);
    const again = await signIn('approve', 'ada');
    expect(again.body.data).toMatchObject({ connection_id: id });
    const other = await signIn('approve', 'ben');
    expect(other.body.data).not.toMatchObject({ connection_id: id });
  });

  it('is not made when the person says no', async () => {
    expect(await signIn('deny', 'clara')).toMatchObject({ status: 400, body: { code: 'connections.oauth_denied' } });
  });
});
