import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { waitFor } from '#testing';
import type { ApiClient } from './support/api-client.js';
import { execute, newHelper, PASSWORD } from './support/customer.js';
import { newDeadLetter } from './support/dead-letter.js';
import { EventStream } from './support/event-stream.js';
import { useSystem } from './support/use-system.js';

interface Session {
  token: string;
  refresh_token: string;
}

const running = useSystem({
  env: {
    MFH_MAX_ATTEMPTS: '1',
    MFH_OAUTH_SANDBOX_CLIENT_ID: 'sandbox-client',
    MFH_OAUTH_SANDBOX_CLIENT_SECRET: 'sandbox-client-secret',
  },
});

const login = async (email: string): Promise<Session> =>
  (await running.system.api.post<Session>('/auth/login', { email, password: PASSWORD })).data;
const refresh = (refreshToken: string) =>
  running.system.api.post<Session>('/auth/refresh', { refresh_token: refreshToken });
const statusWith = (token: string): Promise<number> =>
  running.system.api
    .withToken(token)
    .get('/auth/status')
    .then(({ status }) => status);
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
    const { email } = running.customer;
    const first = await login(email);
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(first.refresh_token)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ data }) => data.refresh_token)).size).toBe(1);
    expect(answers[0]?.data.refresh_token).not.toBe(first.refresh_token);
  });

  it('ends the session when an older refresh token is used again', async () => {
    const { email } = running.customer;
    const first = await login(email);
    const second = (await refresh(first.refresh_token)).data;
    const third = (await refresh(second.refresh_token)).data;
    expect(await statusWith(third.token)).toBe(200);
    expect(await refresh(first.refresh_token)).toMatchObject({ status: 401, body: { code: 'auth.refresh_reused' } });
    expect((await refresh(third.refresh_token)).status).toBe(401);
    await refusedSoon(third.token);
  });

  it('signs out of this session only', async () => {
    const { email } = running.customer;
    const [here, there] = [await login(email), await login(email)];
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
    expect(types.data.total_count).toBe(12);
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

describe('executions', () => {
  const addOne = () => newHelper(running.customer, 'math_it', { field: 'Score', operation: 'add', operand: 1 });

  it('are asked for by token, by key, and by links with the key, and tell their story', async () => {
    const { api, byKey, key } = running.customer;
    const helper = await addOne();
    const link = `/helper/${key}/${helper}`;
    const anyone: ApiClient = running.system.api;
    const answers = [
      await api.post<{ execution_id: string }>(`/helpers/${helper}/execute`, { contact_id: '1003' }),
      await byKey.post<{ execution_id: string }>(`/helper/${helper}/execute`, { contact_id: '1003' }),
      await anyone.post<{ execution_id: string }>(link, { contact_id: '1003' }),
      await anyone.get<{ execution_id: string }>(`${link}?contact_id=1003`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    for (const { data, headers } of answers) {
      const ended = await api.ended(data.execution_id);
      expect(ended.status).toBe('completed');
      expect(ended.trace_id).toBe(headers.get('x-trace-id'));
      expect(ended.events?.map(({ type }) => type)).toEqual(expect.arrayContaining(['accepted', 'completed']));
      const timeline = await api.get<{ events: { type: string }[] }>(`/executions/${data.execution_id}/events`);
      expect(timeline.data.events[0]?.type).toBe('accepted');
    }
    const page = await api.get<{ executions: { execution_id: string }[]; next_token: string; has_more: boolean }>(
      `/executions?helper_id=${encodeURIComponent(helper.replaceAll(':', '%3A'))}&status=completed&limit=3`,
    );
    expect(page.data).toMatchObject({ has_more: true });
    expect(page.data.executions).toHaveLength(3);
    const rest = await api.get<{ executions: { execution_id: string }[]; has_more: boolean }>(
      `/executions?helper_id=${helper}&status=completed&limit=3&next_token=${page.data.next_token}`,
    );
    expect(rest.data).toMatchObject({ has_more: false });
    const seen = [...page.data.executions, ...rest.data.executions].map((item) => item.execution_id);
    expect(seen.toSorted()).toEqual(answers.map(({ data }) => data.execution_id).toSorted());
    expect((await api.get('/executions?next_token=tampered')).status).toBe(400);
  });

  it('are followed live, and a broken stream goes on where it was', async () => {
    const { api } = running.customer;
    const helper = await addOne();
    const path = `${running.system.url}/executions/stream?helper_id=${helper}`;
    const { ticket } = (await api.post<{ ticket: string }>('/executions/stream/ticket')).data;
    const stream = await EventStream.open(`${path}&ticket=${ticket}`);
    expect(stream.response.headers.get('content-type')).toContain('text/event-stream');
    const completed = (id: string) => (event: { data: Record<string, unknown> }) =>
      event.data['execution_id'] === id && event.data['status'] === 'completed';
    const first = await execute(running.customer, helper, '1004');
    await stream.next('the first to complete', completed(first));
    const versions = stream.events
      .filter(({ data }) => data['execution_id'] === first)
      .map(({ data }) => Number(data['version']));
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    stream.close();
    const second = await execute(running.customer, helper, '1005');
    await api.ended(second);
    expect((await EventStream.open(`${path}&ticket=${ticket}`)).response.status).toBe(401);
    const resumed = await EventStream.open(path, {
      authorization: `Bearer ${running.customer.token}`,
      'last-event-id': stream.lastId ?? '',
    });
    await resumed.next('the one that was missed', completed(second));
    resumed.close();
  });

  it('ends its stream with its session', async () => {
    const session = await login(running.customer.email);
    const headers = { authorization: `Bearer ${session.token}` };
    const stream = await EventStream.open(`${running.system.url}/executions/stream`, headers);
    await running.system.api.withToken(session.token).post('/auth/logout');
    await stream.next('the stream to say why', ({ event }) => event === 'stream.closing', 3_000);
    await stream.ended();
  });

  it('are cancelled while they wait, and then change nothing', async () => {
    const { api } = running.customer;
    const { sandbox } = running.system;
    const helper = await addOne();
    const contact = '1140';
    await sandbox.faults([{ id: 'slow', match: { contact_id: contact }, times: 2, latency_ms: 4_000 }]);
    const first = await execute(running.customer, helper, contact);
    const second = await execute(running.customer, helper, contact);
    const cancelled = await api.post(`/executions/${second}/cancel`, { reason: 'not needed' });
    expect(cancelled).toMatchObject({ status: 200, data: { execution_id: second, status: 'cancelled' } });
    expect((await api.post(`/executions/${second}/cancel`)).data).toEqual(cancelled.data);
    expect((await api.ended(first, 60_000)).status).toBe('completed');
    await sandbox.faults([]);
    expect(await api.post(`/executions/${first}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'executions.transition_not_allowed' },
    });
    expect((await api.ended(second)).status).toBe('cancelled');
    const effects = await sandbox.effects({ contactId: contact });
    expect(effects).toHaveLength(1);
  });

  it('that failed for good lie among the dead letters and are replayed once', async () => {
    const { api } = running.customer;
    const letter = await newDeadLetter(running.system, running.customer, '1151');
    expect(letter).toMatchObject({ status: 'open' });
    const path = `/dead-letters/${letter.dead_letter_id}`;
    expect((await api.get(path)).data).toMatchObject({ execution_id: letter.execution_id });
    const replays = await Promise.all([1, 2, 3].map(() => api.post<{ execution_id: string }>(`${path}/replay`, {})));
    expect(replays.map(({ status }) => status).toSorted()).toEqual([202, 409, 409]);
    const accepted = replays.find(({ status }) => status === 202);
    expect((await api.ended(accepted?.data.execution_id ?? '', 90_000)).status).toBe('completed');
    expect((await api.get(path)).data).toMatchObject({ status: 'replayed', replayed_as: accepted?.data.execution_id });
  });

  it('are accepted once for one Idempotency-Key, however many ask at the same time', async () => {
    const { byKey } = running.customer;
    const helper = await addOne();
    const key = randomBytes(12).toString('hex');
    const ask = (contact: string, idempotencyKey = key) =>
      byKey.post<{ execution_id: string }>(
        `/helper/${helper}/execute`,
        { contact_id: contact },
        { 'idempotency-key': idempotencyKey },
      );
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask('1010')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ data }) => data.execution_id)).size).toBe(1);
    const replayed = answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true');
    expect(replayed).toHaveLength(49);
    expect(await ask('1011')).toMatchObject({ status: 409, body: { code: 'request.idempotency_conflict' } });
    expect((await ask('1010')).data.execution_id).toBe(answers[0]?.data.execution_id);
    expect((await ask('1010', 'x'.repeat(129))).status).toBe(400);
    const all = await byKey.get<{ executions: unknown[] }>(`/executions?helper_id=${helper}`);
    expect(all.data.executions).toHaveLength(1);
  });
});
