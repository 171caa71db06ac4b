import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  startConnections,
  type RunningConnections,
} from '../../../apps/platforms-connections/src/testing/running-connections.js';
import { DEFAULT_ADMIN_SECRET, DEMO_KEY, DEMO_LOCATION } from '../../../apps/sandbox-crm/src/demo-facts.js';
import { startSandbox, type RunningSandbox } from '../../../apps/sandbox-crm/src/sandbox.js';

/** Connections to GoHighLevel are good for one location: where its id comes from, and that it is kept. */
let sandbox: RunningSandbox;
let running: RunningConnections;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, contacts: 5 });
  running = await startConnections({ MFH_SANDBOX_URL: sandbox.url, MFH_CRMS: 'sandbox' });
});
afterAll(async () => {
  await running.stop();
  await sandbox.stop();
});

const account = 'account:0190f000-0000-7000-8000-000000000007';
const platform = '/platforms/gohighlevel';
const post = (path: string, body?: unknown) => running.call(account, 'POST', path, body);
const test = (id: string) => post(`${platform}/connections/${id}/test`);

async function connectByKey(credentials: Record<string, string>) {
  const { status, body } = await post(`${platform}/connections`, { name: 'Agency', credentials });
  return { status, body, id: (body.data as { connection_id: string } | undefined)?.connection_id ?? '' };
}

/** What a browser does: to the vendor, through its consent page, and back with what the vendor adds. */
async function signIn(user: string) {
  const { url } = (await post(`${platform}/oauth/start`)).body.data as { url: string };
  const consent = await fetch(`${url}&auto=approve&user=${encodeURIComponent(user)}`, { redirect: 'manual' });
  const back = new URL(consent.headers.get('location') ?? '');
  return running.call(account, 'GET', `/platforms/oauth/callback${back.search}`);
}

describe('a location that was chosen at the sign-in', () => {
  it('is kept, also over a refresh, and is recognised when it signs in again', async () => {
    const connected = await signIn('first location');
    expect(connected.status).toBe(200);
    const { connection_id: id } = connected.body.data as { connection_id: string };
    expect((await test(id)).status).toBe(200);

    const expired = await fetch(`${sandbox.url}/_admin/tokens/expire`, {
      method: 'POST',
      headers: { 'x-sandbox-admin': DEFAULT_ADMIN_SECRET, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(expired.ok).toBe(true);
    expect((await test(id)).status).toBe(200);

    expect((await signIn('first location')).body.data).toMatchObject({ connection_id: id });
    expect((await signIn('second location')).body.data).not.toMatchObject({ connection_id: id });
  });

  it('must be a single one', async () => {
    const { status, body } = await signIn('agency of many locations');
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain('sign in again and choose one');
  });
});

describe('a location whose id was entered', () => {
  it('is tried out with the token', async () => {
    const { id } = await connectByKey({ api_key: DEMO_KEY, location_id: ` ${DEMO_LOCATION} ` });
    expect((await test(id)).body.data).toMatchObject({ status: 'success' });
  });

  it('is refused when the token does not reach it', async () => {
    const { id } = await connectByKey({ api_key: DEMO_KEY, location_id: 'somebody-elses' });
    expect(await test(id)).toMatchObject({ status: 400, body: { code: 'connections.test_failed' } });
  });

  it.each([
    ['left out', {}, 'required'],
    ['an address', { location_id: 'https://app.example/v2/location/abc' }, 'invalid'],
  ])('is asked for when it was %s', async (_name, location, code) => {
    const { status, body } = await connectByKey({ api_key: DEMO_KEY, ...location });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ field: 'credentials.location_id', code }] });
  });
});
