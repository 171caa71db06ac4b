import { environment, newEmail, PASSWORD, startBeside, startIdentity } from '../testing/identity-under-test.js';
import type { CallOptions, Client, Failure, SignedInBody } from '../testing/identity-under-test.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { service as accounts } from '../../../accounts/src/service.js';
import { Clock } from '../clock.js';
import { Users } from '../persistence/users.repository.js';

const MINUTE = 60_000;

describe('signing in', () => {
  let identity: Client;
  let beside: Client;
  let address = 0;

  beforeAll(async () => {
    process.env['AUTH_REGISTER_PER_NETWORK'] = '100/1h';
    identity = await startIdentity();
    beside = await startBeside(accounts);
  });
  afterEach(() => later(0));
  afterAll(async () => {
    await beside.running.stop();
    await identity.running.stop();
    await environment.dispose();
  });

  const later = (milliseconds: number) => {
    identity.running.app.get(Clock).now = () => new Date(Date.now() + milliseconds);
  };
  const register = async (email = newEmail()) => {
    await identity.newcomer(email, { ip: `203.0.113.${(address += 1)}` });
    return email;
  };
  const login = (email: string, password = PASSWORD, options?: CallOptions) =>
    identity.post<SignedInBody & Failure>('/auth/login', { email, password }, options);

  it('finds the user whatever the capitals, and answers the four objects', async () => {
    const email = await register();
    const { status, body, headers } = await login(`  ${email.toUpperCase()} `);
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(['account', 'expires_in', 'refresh_token', 'token', 'token_type', 'user']);
    expect(body.user).toMatchObject({ email, onboarding_complete: false });
    // Counted by their owners: the neighbours of this suite.
    expect(body.account.usage).toEqual({
      helpers: 3,
      connections: 1,
      api_keys: 0,
      team_members: 1,
      monthly_executions: 42,
      monthly_api_requests: 7,
    });
    expect(body.account.settings).toMatchObject({ max_api_keys: 2, webhooks_enabled: true });
    expect(headers.get('set-cookie')).toMatch(/^mfh_session=/);
    expect(await identity.running.app.get(Users).findByEmail(email)).toHaveProperty('last_login_at');
  });

  it('answers the same for an unknown address and for a wrong password', async () => {
    const email = await register();
    const [wrong, unknown] = [await login(email, 'Wrong-Horse-7'), await login(newEmail(), 'Wrong-Horse-7')];
    expect(wrong.status).toBe(401);
    expect(wrong.body).toMatchObject({ error: 'Invalid email or password', code: 'auth.invalid_credentials' });
    expect({ ...unknown.body, trace_id: '' }).toEqual({ ...wrong.body, trace_id: '' });
  });

  it('asks for both fields', async () => {
    expect(await login('')).toMatchObject({ status: 400, body: { error: 'Email is required' } });
    expect(await login('a@b.test', '')).toMatchObject({ status: 400, body: { error: 'Password is required' } });
  });

  it('counts wrong passwords exactly, under concurrency and from any place', async () => {
    const email = await register();
    const guesses = Array.from({ length: 30 }, (_, n) => login(email, `Guess-${n}-x`, { ip: `192.0.2.${n}` }));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(25);
    const refused = await login(email);
    expect(refused).toMatchObject({ status: 429, body: { error: 'Too many login attempts' } });
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(14 * 60);
    expect(refused.body.retry_after).toBe(wait);
    later(15 * MINUTE + 1_000);
    expect((await login(email)).status).toBe(200);
  });

  it('does not count the right password against the address', async () => {
    const email = await register();
    for (let n = 0; n < 8; n += 1) expect((await login(email)).status).toBe(200);
  });

  it('locks the address for fifteen minutes after ten wrong passwords in a row', async () => {
    const email = await register();
    const guess = async (atMinute: number) => {
      later(atMinute * MINUTE);
      expect((await login(email, 'Wrong-Horse-7')).status).toBe(401);
    };
    for (const minute of [0, 0, 0, 0, 0, 16, 20, 20, 20, 20]) await guess(minute);
    // There is room for one more guess by then; it is the lock that refuses, until the 35th minute.
    later(32 * MINUTE);
    const refused = await login(email);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(3 * 60);
    later(35 * MINUTE + 5_000);
    expect((await login(email)).status).toBe(200);
  });

  it('limits one place whatever the addresses it tries', async () => {
    const ip = '192.0.2.200';
    const tries = Array.from({ length: 21 }, () => login('somebody@example.test', 'Wrong-Horse-7', { ip }));
    await Promise.all(tries);
    const others = Array.from({ length: 85 }, (_, n) => login(`other${n}@example.test`, 'Wrong-Horse-7', { ip }));
    const statuses = (await Promise.all(others)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(79);
    expect(statuses.filter((status) => status === 429)).toHaveLength(6);
  });
});
