import { environment, neighbourhood, startBeside, startIdentity } from '../testing/identity-under-test.js';
import type { Client, Failure, SignedInBody } from '../testing/identity-under-test.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { questions, scopeOf } from '#contracts';
import { Questions } from '#messaging';
import { waitFor } from '#testing';
import { service as accounts } from '../../../accounts/src/service.js';
import { service as identityService } from '../service.js';
import { Clock } from '../clock.js';
import { apiKeyHash } from '../domain/raw-api-key.js';
import { ApiKeys } from '../persistence/api-keys.repository.js';

interface Key {
  key_id: string;
  key: string;
  api_key: string;
  status: string;
  key_prefix: string;
  permissions: string[];
  last_used_at?: string;
}

describe('API keys', () => {
  let identity: Client;
  let beside: Client;
  let owner: SignedInBody;

  beforeAll(async () => {
    process.env['MFH_LIMITS'] = 'lifted';
    identity = await startIdentity();
    beside = await startBeside(accounts);
  });
  afterEach(() => {
    neighbourhood.limits = { ...neighbourhood.limits, max_api_keys: 2 };
    identity.running.app.get(Clock).now = () => new Date();
  });
  afterAll(async () => {
    await beside.running.stop();
    await identity.running.stop();
    await environment.dispose();
  });

  const create = (body: object = {}, token = owner.token) =>
    identity.post<Key & Failure>('/api-keys', { name: 'Campaign', ...body }, { token });
  const exchange = (raw: string) =>
    identity.running.app.get(Questions).ask(questions.exchangeApiKey, { key_hash: apiKeyHash(raw) });
  const count = async () => {
    const { account_id } = owner.account;
    return (await identity.running.app.get(Questions).ask(questions.countApiKeys, { account_id })).count;
  };
  const fresh = async (limit: number | null = 2) => {
    owner = await identity.newcomer();
    neighbourhood.limits = { ...neighbourhood.limits, max_api_keys: limit };
  };

  it('shows the key once and keeps only its hash', async () => {
    await fresh();
    const { status, body } = await create({ permissions: ['execute_helpers'] });
    expect(status).toBe(201);
    expect(body).toEqual({
      key_id: expect.stringMatching(/^apikey:/),
      name: 'Campaign',
      key_prefix: body.key.slice(0, 16),
      permissions: ['execute_helpers'],
      status: 'active',
      created_at: expect.any(String),
      key: expect.stringMatching(/^mfh_live_[0-9a-f]{64}$/),
      api_key: body.key,
    });
    const { body: listed } = await identity.get<Key[]>('/api-keys', owner.token);
    expect(listed).toEqual([
      {
        key_id: body.key_id,
        account_id: owner.account.account_id,
        created_by: owner.user.user_id,
        name: 'Campaign',
        key_prefix: body.key_prefix,
        permissions: ['execute_helpers'],
        status: 'active',
        created_at: expect.any(String),
      },
    ]);
    const [stored] = await identity.running.app.get(ApiKeys).list(scopeOf(owner.account.account_id));
    expect(stored?.key_hash).toBe(apiKeyHash(body.key));
    expect(JSON.stringify(stored)).not.toContain(body.key);
  });

  it('lets exactly one of fifty parallel creates take the last place of the plan', async () => {
    await fresh(3);
    await create();
    await create();
    const replies = await Promise.all(Array.from({ length: 50 }, () => create()));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = replies.filter(({ status }) => status === 403);
    expect(refused).toHaveLength(49);
    expect(refused[0]?.body).toMatchObject({
      error: 'Your Start plan allows 3 API keys. Upgrade to add more.',
      code: 'billing.limit_reached',
      data: { limit: 3, used: 3, plan: 'start', upgrade_url: 'http://app.test/plans' },
    });
    expect(await count()).toBe(3);
  });

  it('keeps the last place for one of fifty parallel creates over two instances of the service', async () => {
    const replica = await startBeside(identityService);
    try {
      await fresh(2);
      await create();
      const instances = [identity, replica];
      const replies = await Promise.all(
        Array.from({ length: 50 }, async (_, index) =>
          instances[index % 2]?.post<Failure>('/api-keys', { name: `Key ${index}` }, { token: owner.token }),
        ),
      );
      expect(replies.filter((reply) => reply?.status === 201)).toHaveLength(1);
      expect(replies.filter((reply) => reply?.body.code === 'billing.limit_reached')).toHaveLength(49);
      expect(await count()).toBe(2);
    } finally {
      await replica.running.stop();
    }
  });

  it('gives a place back when a key is revoked or has expired, and knows no limit where there is none', async () => {
    await fresh(1);
    const { body: first } = await create({ expires_at: new Date(Date.now() + 60_000).toISOString() });
    expect((await create()).status).toBe(403);
    identity.running.app.get(Clock).now = () => new Date(Date.now() + 61_000);
    expect((await create()).status).toBe(201);
    await expect(exchange(first.key)).rejects.toMatchObject({ status: 401, code: 'auth.invalid_api_key' });
    const all = await identity.get<Key[]>('/api-keys?status=all', owner.token);
    expect(all.body.map(({ status }) => status)).toEqual(['expired', 'active']);
    expect((await identity.get<Key[]>('/api-keys', owner.token)).body).toHaveLength(1);
    neighbourhood.limits = { ...neighbourhood.limits, max_api_keys: null };
    for (let n = 0; n < 3; n += 1) expect((await create()).status).toBe(201);
  });

  it.each([
    [{ name: ' ' }, 'Name is required'],
    [{ permissions: [] }, 'At least one permission is required'],
    [{ permissions: ['rule_the_world'] }, /^Permissions are execute_helpers, /],
    [{ expires_at: '2020-01-01T00:00:00Z' }, 'expires_at must be in the future'],
    [{ expires_at: 'soon' }, /^expires_at must be a time/],
  ])('refuses %p', async (body, error) => {
    await fresh();
    const reply = await create(body);
    expect(reply.status).toBe(400);
    expect(reply.body.error).toMatch(error);
  });

  it('exchanges a key for a token of a minute that acts for its maker within its scopes', async () => {
    await fresh();
    const { body } = await create({ permissions: ['execute_helpers', 'read_executions', 'execute_helpers'] });
    const { token, expires_at, ...rest } = await exchange(body.key);
    const scopes = ['execute_helpers', 'read_executions'];
    expect(rest).toEqual({ key_id: body.key_id, account_id: owner.account.account_id, scopes });
    expect(Date.parse(expires_at) - Date.now()).toBeLessThanOrEqual(60_000);
    expect(decodeJwt(token)).toMatchObject({
      user_id: owner.user.user_id,
      acc: owner.account.account_id,
      key: body.key_id,
      scope: 'execute_helpers read_executions',
      role: 'owner',
      aud: 'mfh',
    });
    // No route of identity is for keys.
    expect(await identity.get<Failure>('/auth/status', token)).toMatchObject({ status: 403 });
    await expect(exchange('mfh_live_wrong')).rejects.toMatchObject({ status: 401, code: 'auth.invalid_api_key' });
  });

  it('notes the last use at most once a minute', async () => {
    await fresh();
    const { body } = await create();
    const lastUse = async () => (await identity.get<Key[]>('/api-keys', owner.token)).body[0]?.last_used_at;
    await exchange(body.key);
    const first = await waitFor(lastUse);
    await exchange(body.key);
    expect(await lastUse()).toBe(first);
    identity.running.app.get(Clock).now = () => new Date(Date.now() + 61_000);
    await exchange(body.key);
    await waitFor(async () => (await lastUse()) !== first);
  });

  it('revokes: the key and the tokens it gave stop within two seconds', async () => {
    await fresh();
    const { body } = await create();
    const { token } = await exchange(body.key);
    const foreign = await identity.newcomer();
    const path = `/api-keys/${body.key_id}`;
    expect(await identity.delete<Failure>(path, foreign.token)).toMatchObject({
      status: 404,
      body: { code: 'api_keys.not_found', error: 'API key not found' },
    });
    for (let n = 0; n < 2; n += 1) {
      const reply = await identity.delete(path, owner.token);
      expect(reply).toMatchObject({ status: 200, body: { key_id: body.key_id, status: 'revoked' } });
    }
    await expect(exchange(body.key)).rejects.toMatchObject({ code: 'auth.invalid_api_key' });
    await waitFor(async () => (await identity.get('/auth/status', token)).status === 401, { deadlineMs: 2_000 });
  });
});
