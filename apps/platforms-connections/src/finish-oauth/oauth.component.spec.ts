import { startConnections, type RunningConnections } from '../testing/running-connections.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '#testing';
import { Clock } from '../clock.js';
import { codeChallengeOf } from '../domain/pkce.js';
import { TOKEN_PATH } from '../testing/fake-vendor.js';
import { signIn } from '../testing/signed-in.js';

let running: RunningConnections;
beforeAll(async () => {
  running = await startConnections();
});
afterAll(() => running.stop());

const account = 'account:0190c000-0000-7000-8000-000000000001';
const callback = (query: Record<string, string>, headers?: Record<string, string>) =>
  running.call(
    account,
    'GET',
    `/platforms/oauth/callback?${new URLSearchParams(query).toString()}`,
    undefined,
    headers,
  );
/** Neither header says JSON: a browser that follows the vendor's redirect. */
const browser = { accept: 'text/html,*/*;q=0.8', 'content-type': 'text/plain' };

async function start(body?: unknown): Promise<{ url: URL; state: string }> {
  const answer = await running.call(account, 'POST', '/platforms/sandbox/oauth/start', body);
  expect(answer.body.data).toMatchObject({ platform_id: 'platform:sandbox', expires_in: 900 });
  const { url, state } = answer.body.data as { url: string; state: string };
  return { url: new URL(url), state };
}

describe('start', () => {
  it('sends the browser to the vendor with a state and a challenge, also without a body', async () => {
    const { url, state } = await start();
    expect(url.origin + url.pathname).toBe(`${running.vendor.url}/oauth/authorize`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: 'our-client',
      redirect_uri: 'http://127.0.0.1:8080/platforms/oauth/callback',
      response_type: 'code',
      scope: 'full',
      state,
      code_challenge_method: 'S256',
    });
    expect(state).toMatch(/^state:[0-9a-f-]{36}$/);
  });

  it('refuses targets outside the application', async () => {
    const body = { success_redirect: 'https://evil.example/' };
    const answer = await running.call(account, 'POST', '/platforms/sandbox/oauth/start', body);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'success_redirect' }] } });
  });

  it.each([
    ['stripe', 400, 'connections.oauth_not_supported'],
    ['keap', 500, 'connections.oauth_not_configured'],
    ['nonsense', 404, 'platforms.not_found'],
  ])('answers %s with %i', async (platform, status, code) => {
    const answer = await running.call(account, 'POST', `/platforms/${platform}/oauth/start`);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  });
});

describe('callback', () => {
  it('connects, proves the challenge, and says so in JSON', async () => {
    const { url, state } = await start();
    const answer = await callback({ code: 'good', state });
    expect(answer.status).toBe(200);
    const data = answer.body.data as { connection_id: string };
    expect(data).toEqual({
      connection_id: data.connection_id,
      platform_id: 'platform:sandbox',
      status: 'connected',
    });
    const exchange = running.vendor.callsOf(TOKEN_PATH).at(-1)?.form ?? {};
    expect(codeChallengeOf(exchange['code_verifier'] ?? '')).toBe(url.searchParams.get('code_challenge'));
    expect(exchange).toMatchObject({ grant_type: 'authorization_code', client_id: 'our-client' });
    const shown = await running.call(account, 'GET', `/platform-connections`);
    expect(shown.body.data).toMatchObject([
      {
        connection_id: data.connection_id,
        name: 'Sandbox CRM Connection',
        auth_type: 'oauth2',
        external_user_id: 'person-1',
        external_user_email: 'ada@example.com',
        external_app_id: 'tenant-1',
      },
    ]);
    expect(JSON.stringify(shown.body)).not.toMatch(/at-\d|rt-\d/);
  });

  it('finishes a sign-in once, however many callbacks arrive', async () => {
    const { state } = await start();
    const calls = running.vendor.callsOf(TOKEN_PATH).length;
    const answers = await Promise.all(Array.from({ length: 10 }, () => callback({ code: 'good', state })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status === 400);
    expect(refused).toHaveLength(9);
    expect(new Set(refused.map(({ body }) => body.code))).toEqual(new Set(['connections.oauth_state_invalid']));
    expect(running.vendor.callsOf(TOKEN_PATH)).toHaveLength(calls + 1);
  });

  it('refuses unknown, missing and old states', async () => {
    for (const query of [{ code: 'good', state: 'state:unknown' }, { code: 'good' }]) {
      expect(await callback(query)).toMatchObject({ status: 400, body: { code: 'connections.oauth_state_invalid' } });
    }
    const { state } = await start();
    const clock = running.service.app.get(Clock);
    clock.now = () => new Date(Date.now() + 15 * 60 * 1000);
    try {
      expect((await callback({ code: 'good', state })).body.code).toBe('connections.oauth_state_invalid');
    } finally {
      clock.now = () => new Date();
    }
  });

  it('tells a refusal of the person from a refusal of the code and from a silent vendor', async () => {
    const denied = { status: 400, body: { code: 'connections.oauth_denied' } };
    expect(await callback({ error: 'access_denied', state: (await start()).state })).toMatchObject(denied);
    expect(await callback({ code: 'bad', state: (await start()).state })).toMatchObject(denied);
    running.vendor.on(TOKEN_PATH, () => ({ status: 500, body: {} }));
    const answer = await callback({ code: 'good', state: (await start()).state });
    expect(answer).toMatchObject({ status: 502, body: { code: 'connections.vendor_unavailable' } });
    expect(answer.body.message).toBe(answer.body.error);
    running.vendor.on(TOKEN_PATH, (call) => running.vendor.grant(call));
  });

  it('redirects browsers to the target they asked for', async () => {
    const { state } = await start({ success_redirect: '/setup?step=2', failure_redirect: '/setup/failed' });
    const answer = await callback({ code: 'good', state }, browser);
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toMatch(
      /^https:\/\/app\.example\.com\/setup\?step=2&oauth=success&connection_id=connection%3A[0-9a-f-]{36}$/,
    );
    const second = await start({ failure_redirect: '/setup/failed' });
    const failed = await callback({ error: 'access_denied', state: second.state }, browser);
    expect(failed.headers.get('location')).toMatch(/^https:\/\/app\.example\.com\/setup\/failed\?oauth=error&error=/);
    const lost = await callback({ code: 'good', state: 'state:unknown' }, browser);
    expect(lost.headers.get('location')).toMatch(/^https:\/\/app\.example\.com\/connections\?oauth=error&error=/);
  });
});

describe('signing in again', () => {
  it('renews the connection of the same person and makes one for another', async () => {
    const first = await signIn(running, account, 'person-7');
    expect(await signIn(running, account, 'person-7')).toBe(first);
    expect(await signIn(running, account, 'person-8')).not.toBe(first);
    const kinds = () => running.events.filter((event) => event.subject === first).map(({ type }) => type);
    await waitFor(() => kinds().length === 2);
    expect(kinds()).toEqual(['mfh.connections.connection.created.v1', 'mfh.connections.connection.updated.v1']);
    expect(JSON.stringify(running.events)).not.toMatch(/at-\d|rt-\d|sealed|mfhs1/);
  });

  it('needs no room in the plan for a renewal, but for a new connection', async () => {
    const other = 'account:0190c000-0000-7000-8000-000000000002';
    const first = await signIn(running, other, 'person-1');
    running.neighbours.plan.limits.max_connections = 1;
    expect(await signIn(running, other, 'person-1')).toBe(first);
    await expect(signIn(running, other, 'person-2')).rejects.toThrow('billing.limit_reached');
    running.neighbours.plan.limits.max_connections = 20;
  });

  it('makes one connection of two sign-ins of the same person at once', async () => {
    const other = 'account:0190c000-0000-7000-8000-000000000003';
    const ids = await Promise.all([signIn(running, other, 'person-5'), signIn(running, other, 'person-5')]);
    expect(new Set(ids).size).toBe(1);
  });
});
