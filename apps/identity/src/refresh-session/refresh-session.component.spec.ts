import { environment, startBeside, startIdentity } from '../testing/identity-under-test.js';
import type { CallOptions, Client, Failure } from '../testing/identity-under-test.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { questions } from '#contracts';
import { Questions } from '#messaging';
import { waitFor } from '#testing';
import { service as accounts } from '../../../accounts/src/service.js';
import { Clock } from '../clock.js';
import { Mailbox } from '../testing/mailbox.js';
import { refreshTokenHash } from '../domain/refresh-token.js';
import { RefreshTokens } from '../persistence/refresh-tokens.repository.js';
import { Sessions } from '../persistence/sessions.repository.js';

interface Refreshed {
  token: string;
  token_type: string;
  refresh_token: string;
  expires_in: number;
}

const REUSED = { status: 401, body: { code: 'auth.refresh_reused', error: 'Invalid or expired refresh token' } };
const INVALID = {
  status: 401,
  body: { code: 'auth.invalid_refresh_token', error: 'Invalid or expired refresh token' },
};

describe('refreshing a session', () => {
  let identity: Client;
  let beside: Client;
  let address = 0;

  beforeAll(async () => {
    process.env['AUTH_REGISTER_PER_NETWORK'] = '100/1h';
    identity = await startIdentity();
    beside = await startBeside(accounts);
  });
  afterEach(() => {
    identity.running.app.get(Clock).now = () => new Date();
  });
  afterAll(async () => {
    await beside.running.stop();
    await identity.running.stop();
    await environment.dispose();
  });

  const newcomer = () => identity.newcomer(undefined, { ip: `203.0.113.${(address += 1)}` });
  const refresh = (refresh_token: string, options?: CallOptions) =>
    identity.post<Refreshed & Failure>('/auth/refresh', { refresh_token }, options);
  const later = (milliseconds: number) => {
    identity.running.app.get(Clock).now = () => new Date(Date.now() + milliseconds);
  };

  it('gives new tokens of the same session and account, and a cookie', async () => {
    const { token, refresh_token, account } = await newcomer();
    const { status, body, headers } = await refresh(refresh_token);
    expect(status).toBe(200);
    expect(body).toEqual({
      token: expect.any(String),
      token_type: 'Bearer',
      refresh_token: expect.stringMatching(/^mfr_[\w-]{43}$/),
      expires_in: 3600,
    });
    expect(body.refresh_token).not.toBe(refresh_token);
    expect(decodeJwt(body.token)).toMatchObject({
      sid: decodeJwt(token)['sid'],
      acc: account.account_id,
      role: 'owner',
    });
    expect(headers.get('set-cookie')).toMatch(/^mfh_session=/);
    expect((await identity.get('/auth/status', body.token)).status).toBe(200);
  });

  it('makes one new refresh token of a hundred parallel uses, and stores hashes only', async () => {
    const { refresh_token, token } = await newcomer();
    const replies = await Promise.all(Array.from({ length: 100 }, () => refresh(refresh_token)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    const successors = new Set(replies.map(({ body }) => body.refresh_token));
    expect(successors.size).toBe(1);
    const [successor = ''] = successors;
    const tokens = identity.running.app.get(RefreshTokens);
    expect(await tokens.find(successor)).toBeNull();
    expect(await tokens.find(refreshTokenHash(successor))).toMatchObject({ generation: 2 });
    const sid = decodeJwt(token)['sid'] as string;
    expect(await identity.running.app.get(Sessions).find(sid)).toMatchObject({ generation: 2 });
    expect((await refresh(successor)).status).toBe(200);
  });

  it('gives the same successor within ten seconds to the same address and agent', async () => {
    const { refresh_token } = await newcomer();
    const first = await refresh(refresh_token);
    later(9_000);
    expect((await refresh(refresh_token)).body.refresh_token).toBe(first.body.refresh_token);
  });

  it.each([
    ['from another address', { ip: '192.0.2.99' }, 0],
    ['from another agent', { agent: 'thief/1.0' }, 0],
    ['after ten seconds', {}, 10_500],
  ])('ends the whole family when a used token comes %s', async (_case, thief, afterMs) => {
    const { refresh_token, user } = await newcomer();
    const { body } = await refresh(refresh_token);
    later(afterMs);
    expect(await refresh(refresh_token, thief)).toMatchObject(REUSED);
    expect(await refresh(body.refresh_token)).toMatchObject(REUSED);
    // Once, however often the thief comes back.
    const mails = await new Mailbox(identity).wait('sessions_revoked', user.email);
    expect(mails).toEqual([expect.objectContaining({ name: 'Ada Lovelace', ip: expect.any(String) })]);
    identity.running.app.get(Clock).now = () => new Date();
    await waitFor(async () => (await identity.get('/auth/status', body.token)).status === 401, { deadlineMs: 2_000 });
  });

  it('takes a token that is two generations old for stolen, however soon it comes', async () => {
    const { refresh_token } = await newcomer();
    const second = await refresh(refresh_token);
    const third = await refresh(second.body.refresh_token);
    expect(await refresh(refresh_token)).toMatchObject(REUSED);
    expect(await refresh(third.body.refresh_token)).toMatchObject(REUSED);
  });

  it('refuses unknown tokens, and those of sessions that were idle or alive for too long', async () => {
    expect(await refresh('mfr_unknown')).toMatchObject(INVALID);
    expect(await refresh(`mfr_${'x'.repeat(43)}`)).toMatchObject(INVALID);
    expect(await identity.post('/auth/refresh', {})).toMatchObject({
      status: 400,
      body: { error: 'Refresh token is required' },
    });
    const { refresh_token } = await newcomer();
    const day = 24 * 60 * 60 * 1000;
    later(31 * day);
    expect(await refresh(refresh_token)).toMatchObject(INVALID);
    let token = (await newcomer()).refresh_token;
    for (const days of [20, 40, 60, 80]) {
      later((31 + days) * day);
      token = (await refresh(token)).body.refresh_token;
    }
    later((31 + 92) * day);
    expect(await refresh(token)).toMatchObject(INVALID);
  });

  it('gives a session ten new tokens in a minute, not eleven', async () => {
    let { refresh_token } = await newcomer();
    for (let n = 0; n < 10; n += 1) refresh_token = (await refresh(refresh_token)).body.refresh_token;
    const refused = await refresh(refresh_token);
    expect(refused).toMatchObject({ status: 429, body: { code: 'generic.rate_limited' } });
    later(61_000);
    expect((await refresh(refresh_token)).status).toBe(200);
  });

  it('uses nothing up while accounts is away', async () => {
    const { refresh_token } = await newcomer();
    await beside.running.stop();
    expect(await refresh(refresh_token)).toMatchObject({ status: 503 });
    beside = await startBeside(accounts);
    expect((await refresh(refresh_token)).status).toBe(200);
  });

  it('switches a session to another account without ending it for a tab that refreshes meanwhile', async () => {
    const { user, token, refresh_token } = await newcomer();
    const target = await newcomer();
    const session_id = decodeJwt(token)['sid'] as string;
    const switched = await identity.running.app.get(Questions).ask(questions.switchSession, {
      user_id: user.user_id,
      session_id,
      account_id: target.account.account_id,
      role: 'viewer',
      ip: '198.51.100.7',
      user_agent: 'suite/1.0',
    });
    expect(decodeJwt(switched.token)).toMatchObject({
      sid: session_id,
      acc: target.account.account_id,
      role: 'viewer',
    });
    expect(switched.cookie).toMatch(/^mfh_session=/);
    // No membership was made for the test, so a refresh is refused by accounts, and not as a theft.
    expect(await refresh(refresh_token)).toMatchObject({ status: 403, body: { code: 'account.no_membership' } });
    expect(await identity.running.app.get(Sessions).find(session_id)).not.toHaveProperty('revoked_at');
  });
});
