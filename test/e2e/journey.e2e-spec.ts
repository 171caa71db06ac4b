import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { waitFor } from '#testing';
import { newHelper, PASSWORD } from './support/customer.js';
import { signIn, type Session } from './support/sign-in.js';
import { useSystem } from './support/use-system.js';

const running = useSystem({
  env: {
    MFH_OAUTH_SANDBOX_CLIENT_ID: 'sandbox-client',
    MFH_OAUTH_SANDBOX_CLIENT_SECRET: 'sandbox-client-secret',
  },
});

const login = (): Promise<Session> => signIn(running.system, running.customer.email);
const refresh = (refreshToken: string) =>
  running.system.api.post<Session>('/auth/refresh', { refresh_token: refreshToken });
const statusWith = async (token: string): Promise<number> =>
  (await running.system.api.withToken(token).get('/auth/status')).status;
const refusedSoon = (token: string) =>
  waitFor(async () => (await statusWith(token)) === 401, {
    deadlineMs: 2_500,
    everyMs: 50,
    what: 'the token to be refused',
  });

describe('signing in', () => {
  it('registers once, refuses the address a second time and a wrong password', async () => {
    const { api } = running.system;
    const { email } = running.customer;
    const again = await api.post('/auth/register', { email, password: PASSWORD, name: 'Again' });
    expect(again).toMatchObject({ status: 409, body: { code: 'identity.email_taken', success: false } });
    const wrong = await api.post('/auth/login', { email, password: 'Wrong-Horse-7' });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'auth.invalid_credentials' } });
  });

  it('answers who is signed in', async () => {
    const { api, accountId, email } = running.customer;
    const { data, headers } = await api.get('/auth/status');
    expect(data).toMatchObject({ email, current_account_id: accountId, account_context: { role: 'Owner' } });
    expect(headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('rotates refresh tokens; 50 at once get one successor', async () => {
    const first = await login();
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(first.refresh_token)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ data }) => data.refresh_token)).size).toBe(1);
    expect(answers[0]?.data.refresh_token).not.toBe(first.refresh_token);
  });

  it('ends the session when an older refresh token is used again', async () => {
    const first = await login();
    const second = (await refresh(first.refresh_token)).data;
    const third = (await refresh(second.refresh_token)).data;
    expect(await statusWith(third.token)).toBe(200);
    expect(await refresh(first.refresh_token)).toMatchObject({ status: 401, body: { code: 'auth.refresh_reused' } });
    expect((await refresh(third.refresh_token)).status).toBe(401);
    await refusedSoon(third.token);
  });

  it('signs out of this session only', async () => {
    const [here, there] = [await login(), await login()];
    const out = await running.system.api.withToken(here.token).post('/auth/logout');
    expect(out.status).toBe(200);
    await refusedSoon(here.token);
    expect((await refresh(here.refresh_token)).status).toBe(401);
    expect(await statusWith(there.token)).toBe(200);
  });
});

describe('API keys', () => {
  it('are shown once, do what their scopes allow, and end with their deletion', async () => {
    const { api } = running.customer;
    const made = await api.post<{ key: string; key_id: string }>('/api-keys', { name: 'Executor' });
    expect(made.status).toBe(201);
    expect(made.data.key).toMatch(/^mfh_live_[0-9a-f]{64}$/);
    const byKey = running.system.api.withKey(made.data.key);
    expect(JSON.stringify((await api.get('/api-keys')).body)).not.toContain(made.data.key);
    expect((await byKey.get('/executions')).status).toBe(403);
    expect((await byKey.get('/api-keys')).status).toBe(403);
    const helper = await newHelper(running.customer, 'math_it', { field: 'Score', operation: 'add', operand: 1 });
    expect((await byKey.post(`/helper/${helper}/execute`, { contact_id: '1002' })).status).toBe(202);
    expect((await api.request('DELETE', `/api-keys/${made.data.key_id}`)).status).toBe(200);
    await waitFor(async () => (await byKey.post(`/helper/${helper}/execute`, { contact_id: '1002' })).status === 401, {
      deadlineMs: 2_500,
      everyMs: 100,
      what: 'the key to be refused',
    });
  });
});

describe('connections', () => {
  const platform = '/platforms/sandbox';

  it('lists platforms and connects by key', async () => {
    const { api, connectionId } = running.customer;
    expect(JSON.stringify((await api.get('/platforms')).data)).toContain('"sandbox"');
    const path = `${platform}/connections/${connectionId}`;
    expect((await api.post(`${path}/test`)).data).toMatchObject({ status: 'success' });
    const fields = (await api.get<{ custom_fields: unknown[] }>(`${path}/fields`)).data.custom_fields;
    expect(fields).toContainEqual(expect.objectContaining({ id: '7', label: 'Score' }));
    const tags = (await api.get<unknown[]>(`${path}/tags`)).data;
    expect(tags).toContainEqual(expect.objectContaining({ id: '199' }));
    const bad = await api.post<{ connection_id: string }>(`${platform}/connections`, {
      name: 'Bad',
      credentials: { api_key: 'nonsense' },
    });
    const tested = await api.post(`${platform}/connections/${bad.data.connection_id}/test`);
    expect(tested).toMatchObject({ status: 400, body: { code: 'connections.test_failed' } });
  });

  /** The vendor's consent page, as a browser passes through it. */
  const consent = async (): Promise<string> => {
    const started = await running.customer.api.post<{ url: string }>(`${platform}/oauth/start`);
    expect(new URL(started.data.url).searchParams.get('code_challenge_method')).toBe('S256');
    const answer = await fetch(`${started.data.url}&auto=approve&user=${randomBytes(4).toString('hex')}`, {
      redirect: 'manual',
    });
    return new URL(answer.headers.get('location') ?? '').search;
  };

  it('connects by signing in at the vendor, for scripts by JSON and for browsers by a redirect', async () => {
    const query = await consent();
    const asJson = await running.system.api.get<{ connection_id: string }>(`/platforms/oauth/callback${query}`);
    expect(asJson).toMatchObject({ status: 200, data: { status: 'connected' } });
    const path = `${platform}/connections/${asJson.data.connection_id}`;
    expect((await running.customer.api.post(`${path}/test`)).status).toBe(200);
    const again = await running.system.api.get(`/platforms/oauth/callback${query}`);
    expect(again).toMatchObject({ status: 400, body: { code: 'connections.oauth_state_invalid' } });
    const browser = await fetch(`${running.system.url}/platforms/oauth/callback${await consent()}`, {
      redirect: 'manual',
    });
    expect(browser.status).toBe(302);
    expect(browser.headers.get('location')).toContain('connection_id');
  });
});

describe('helpers', () => {
  it('are described, made, read, changed, disabled and deleted', async () => {
    const { api, connectionId } = running.customer;
    const types = await api.get<{ total_count: number }>('/helpers/types');
    expect(types.data.total_count).toBe(97);
    expect((await api.get('/helpers/types/tag_it')).data).toMatchObject({ type: 'tag_it' });
    const body = { name: 'Add', helper_type: 'math_it', connection_id: connectionId, config: {} };
    const draft = await api.post<{ helper_id: string; config_errors: unknown[] }>('/helpers', body);
    expect(draft.status).toBe(201);
    expect(draft.data.config_errors.length).toBeGreaterThan(0);
    const path = `/helpers/${draft.data.helper_id}`;
    expect(await api.post(`${path}/execute`, { contact_id: '1001' })).toMatchObject({
      status: 400,
      body: { code: 'helpers.config_incomplete' },
    });
    const config = { field: 'Score', operation: 'add', operand: 1 };
    expect((await api.request('PUT', path, { config, enabled: false })).data).toMatchObject({ enabled: false });
    expect(await api.post(`${path}/execute`, { contact_id: '1001' })).toMatchObject({
      status: 400,
      body: { code: 'helpers.disabled' },
    });
    expect((await api.request('PUT', path, { enabled: true })).data).toMatchObject({ enabled: true, config });
    expect((await api.get(`/helpers/${encodeURIComponent(draft.data.helper_id)}`)).status).toBe(200);
    expect((await api.request('DELETE', path)).status).toBe(200);
    expect((await api.get(path)).status).toBe(404);
  });
});
