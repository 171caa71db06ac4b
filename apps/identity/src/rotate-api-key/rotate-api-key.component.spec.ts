import { environment, neighbourhood, startBeside, startIdentity } from '../testing/identity-under-test.js';
import type { Client, Failure, SignedInBody } from '../testing/identity-under-test.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { questions } from '#contracts';
import { Questions } from '#messaging';
import { waitFor } from '#testing';
import { service as accounts } from '../../../accounts/src/service.js';
import { Clock } from '../clock.js';
import { apiKeyHash } from '../domain/raw-api-key.js';

const HOUR_MS = 60 * 60 * 1000;

interface Key {
  key_id: string;
  key: string;
  status: string;
  expires_at?: string;
  replaced_by?: string;
  [field: string]: unknown;
}

describe('API keys that are more than a name and scopes', () => {
  let identity: Client;
  let beside: Client;
  let owner: SignedInBody;

  beforeAll(async () => {
    process.env['MFH_LIMITS'] = 'lifted';
    identity = await startIdentity();
    beside = await startBeside(accounts);
  });
  beforeEach(async () => {
    owner = await identity.newcomer();
    neighbourhood.limits = { ...neighbourhood.limits, max_api_keys: 1 };
  });
  afterEach(() => {
    identity.running.app.get(Clock).now = () => new Date();
  });
  afterAll(async () => {
    await beside.running.stop();
    await identity.running.stop();
    await environment.dispose();
  });

  const create = (body: object = {}) =>
    identity.post<Key & Failure>('/api-keys', { name: 'Campaign', ...body }, { token: owner.token });
  const rotate = (keyId: string, body: object = {}, token = owner.token) =>
    identity.post<Key & Failure>(`/api-keys/${keyId}/rotate`, body, { token });
  const exchange = (raw: string) =>
    identity.running.app.get(Questions).ask(questions.exchangeApiKey, { key_hash: apiKeyHash(raw) });
  const listed = async (keyId: string) =>
    (await identity.get<Key[]>('/api-keys?status=all', owner.token)).body.find(({ key_id }) => key_id === keyId);
  const later = (milliseconds: number): void => {
    identity.running.app.get(Clock).now = () => new Date(Date.now() + milliseconds);
  };

  it('are rotated with an overlap, within the limit of the plan', async () => {
    const wish = { permissions: ['read_helpers'], allowed_ips: ['192.0.2.0/24'], helper_ids: [HELPER], test: true };
    const { body: old } = await create(wish);
    const { status, body: successor } = await rotate(old.key_id, { overlap_hours: 2 });
    expect(status).toBe(201);
    expect(successor).toMatchObject({ ...wish, name: 'Campaign', status: 'active' });
    expect(successor.key).toMatch(/^mfh_test_[0-9a-f]{64}$/);
    expect(successor.key_id).not.toBe(old.key_id);
    const before = await listed(old.key_id);
    expect(before).toMatchObject({ status: 'active', replaced_by: successor.key_id });
    expect(Date.parse(before?.expires_at ?? '') - Date.now()).toBeGreaterThan(1.9 * HOUR_MS);
    for (const { key } of [old, successor]) await expect(exchange(key)).resolves.toBeDefined();
    expect((await create()).status).toBe(403);
    later(2 * HOUR_MS + 1_000);
    await expect(exchange(old.key)).rejects.toMatchObject({ code: 'auth.invalid_api_key' });
    await expect(exchange(successor.key)).resolves.toBeDefined();
  });

  it('stop at once without overlap, with the tokens they gave', async () => {
    const { body: old } = await create();
    const { token } = await exchange(old.key);
    expect((await rotate(old.key_id, { overlap_hours: 0 })).status).toBe(201);
    await expect(exchange(old.key)).rejects.toMatchObject({ code: 'auth.invalid_api_key' });
    expect(await listed(old.key_id)).toMatchObject({ status: 'revoked' });
    await waitFor(async () => (await identity.get('/auth/status', token)).status === 401, { deadlineMs: 2_000 });
  });

  it('have one successor, and of a chain the last two work', async () => {
    const { body: first } = await create();
    const replies = await Promise.all(Array.from({ length: 5 }, () => rotate(first.key_id)));
    const second = replies.find(({ status }) => status === 201)?.body as Key;
    const refused = replies.filter(({ status }) => status !== 201);
    expect(refused).toHaveLength(4);
    for (const { body } of refused) {
      expect(body).toMatchObject({ status: 409, code: 'api_keys.transition_not_allowed', from: 'rotated' });
    }
    const { body: third } = await rotate(second.key_id);
    await expect(exchange(first.key)).rejects.toMatchObject({ code: 'auth.invalid_api_key' });
    for (const { key } of [second, third]) await expect(exchange(key)).resolves.toBeDefined();
  });

  it('cannot be rotated when they are over or belong to another account', async () => {
    const { body: key } = await create({ expires_at: new Date(Date.now() + HOUR_MS).toISOString() });
    const other = await identity.newcomer();
    expect((await rotate(key.key_id, {}, other.token)).body).toMatchObject({ code: 'api_keys.not_found' });
    for (const body of [{ overlap_hours: 169 }, { overlap_hours: -1 }, { overlap: 3 }]) {
      expect([body, (await rotate(key.key_id, body)).status]).toEqual([body, 422]);
    }
    later(HOUR_MS + 1_000);
    expect((await rotate(key.key_id)).body).toMatchObject({ status: 409, from: 'expired' });
    await identity.delete(`/api-keys/${key.key_id}`, owner.token);
    expect((await rotate(key.key_id)).body).toMatchObject({ status: 409, from: 'revoked' });
  });

  it('carry what they are limited to', async () => {
    const { body } = await create({ test: true, allowed_ips: ['192.0.2.7', '2001:db8::/32'], helper_ids: [HELPER] });
    const { token, allowed_ips } = await exchange(body.key);
    expect(allowed_ips).toEqual(['192.0.2.7', '2001:db8::/32']);
    expect(decodeJwt(token)).toMatchObject({ test: true, helpers: [HELPER] });
    neighbourhood.limits = { ...neighbourhood.limits, max_api_keys: null };
    const plain = await create({ test: null, allowed_ips: [], helper_ids: null });
    expect(plain.body.key).toMatch(/^mfh_live_/);
    expect(await exchange(plain.body.key)).not.toHaveProperty('allowed_ips');
  });

  it.each([
    [{ allowed_ips: ['example.com'] }, /addresses and networks/],
    [{ allowed_ips: ['192.0.2.0/33'] }, /addresses and networks/],
    [{ allowed_ips: Array.from({ length: 51 }, (_, n) => `192.0.2.${n}`) }, /50 entries at most/],
    [{ helper_ids: ['account:00000000-0000-7000-8000-000000000000'] }, /ids of helpers/],
  ])('refuse %p', async (body, error) => {
    const reply = await create(body);
    expect([reply.status, reply.body.error]).toEqual([400, expect.stringMatching(error)]);
  });

  it('leave an entry in the audit log, without the key', async () => {
    const { body: key } = await create();
    const { body: successor } = await rotate(key.key_id, { overlap_hours: 0 });
    const entries = await waitFor(async () => {
      const { events } = (await identity.get<{ events: { type: string; target: object }[] }>('/audit', owner.token))
        .body;
      const types = events.map(({ type }) => type);
      return types.includes('identity.api_key.revoked') && types.includes('identity.api_key.rotated') && events;
    });
    expect(entries).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          type: 'identity.api_key.created',
          actor: { kind: 'user', id: owner.user.user_id },
          target: { kind: 'api_key', id: key.key_id },
        }),
        expect.objectContaining({
          type: 'identity.api_key.rotated',
          target: { kind: 'api_key', id: key.key_id },
          data: expect.objectContaining({ replaced_by: successor.key_id }),
        }),
      ]),
    );
    for (const raw of [key.key, successor.key]) {
      expect(JSON.stringify(entries)).not.toContain(raw);
      expect(JSON.stringify(entries)).not.toContain(apiKeyHash(raw));
    }
  });
});

const HELPER = 'helper:00000000-0000-7000-8000-000000000001';
