import { environment, newEmail, PASSWORD, startBeside, startIdentity } from '../testing/identity-under-test.js';
import type { CallOptions, Client, Failure, SignedInBody } from '../testing/identity-under-test.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '#testing';
import { service as accounts } from '../../../accounts/src/service.js';
import { Clock } from '../clock.js';
import { OneTimeSecretStore } from '../persistence/one-time-secrets.repository.js';
import { Mailbox } from '../testing/mailbox.js';

const MINUTE = 60_000;
const NEXT = 'Another-Horse-8';

describe('a forgotten password', () => {
  let identity: Client;
  let beside: Client;
  let mailbox: Mailbox;

  beforeAll(async () => {
    process.env['AUTH_REGISTER_PER_IP'] = '100/24h';
    process.env['AUTH_REGISTER_PER_NETWORK'] = '100/1h';
    identity = await startIdentity();
    beside = await startBeside(accounts);
    mailbox = new Mailbox(identity);
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
  const forgot = (email: string) => identity.post<Failure>('/auth/forgot-password', { email });
  const reset = (body: object, options?: CallOptions) =>
    identity.post<Failure>('/auth/reset-password', { new_password: NEXT, ...body }, options);
  const login = (email: string, password: string) =>
    identity.post<SignedInBody & Failure>('/auth/login', { email, password });
  const forgetful = async () => {
    const me = await identity.newcomer();
    const { email } = me.user;
    expect((await forgot(email)).status).toBe(200);
    const [mail = {}] = await mailbox.wait('password_reset', email);
    return { me, email, code: mail['code'] ?? '', token: mail['token'] ?? '' };
  };

  it('is replaced with the code; everything that was open ends, the address counts as confirmed', async () => {
    const { me, email, code } = await forgetful();
    expect(code).toMatch(/^\d{6}$/);
    expect(await reset({ email: email.toUpperCase(), code })).toMatchObject({ status: 200 });
    expect((await login(email, PASSWORD)).status).toBe(401);
    expect((await login(email, NEXT)).status).toBe(200);
    await waitFor(async () => (await identity.get('/auth/status', me.token)).status === 401, { deadlineMs: 2_000 });
    expect(await identity.post('/auth/refresh', { refresh_token: me.refresh_token })).toMatchObject({ status: 401 });
    await mailbox.wait('password_changed', email);
    expect(await reset({ email, code })).toMatchObject({ status: 400, body: { code: 'auth.invalid_code' } });
  });

  it('is replaced with the link, which takes the code with it', async () => {
    const { email, code, token } = await forgetful();
    expect(await reset({ token })).toMatchObject({ status: 200 });
    expect((await login(email, NEXT)).status).toBe(200);
    expect(await reset({ token })).toMatchObject({ status: 400, body: { code: 'auth.invalid_link' } });
    expect(await reset({ email, code })).toMatchObject({ status: 400, body: { error: 'Invalid verification code' } });
  });

  it('is replaced once by parallel uses of one secret, of code and link together', async () => {
    const { email, code, token } = await forgetful();
    const uses = [
      ...Array.from({ length: 4 }, () => reset({ token })),
      ...Array.from({ length: 4 }, () => reset({ email, code })),
    ];
    const statuses = (await Promise.all(uses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 400)).toHaveLength(7);
  });

  it('is not guessed: five wrong codes in parallel make the right one worthless', async () => {
    const { email, code, token } = await forgetful();
    const wrong = code === '000000' ? '000001' : '000000';
    const guesses = await Promise.all(Array.from({ length: 20 }, () => reset({ email, code: wrong })));
    expect(guesses.filter(({ status }) => status === 400)).toHaveLength(5);
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(15);
    later(0);
    const store = identity.running.app.get(OneTimeSecretStore);
    const left = await store.useAttempt({
      purpose: 'reset_password',
      way: 'code',
      user_id: (await login(email, PASSWORD)).body.user.user_id,
    });
    expect(left).toBeNull();
    expect((await reset({ token })).status).toBe(200);
  });

  it('says of the right code that it is too old; the link lives longer', async () => {
    const { email, code, token } = await forgetful();
    later(16 * MINUTE);
    expect(await reset({ email, code })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('Verification code has expired') },
    });
    expect((await reset({ token })).status).toBe(200);
    later(0);
    const other = await forgetful();
    later(31 * MINUTE);
    expect(await reset({ token: other.token })).toMatchObject({ status: 400, body: { code: 'auth.invalid_link' } });
  });

  it('is a newer mail: the older one is worthless', async () => {
    const { email, token } = await forgetful();
    later(MINUTE);
    expect((await forgot(email)).status).toBe(200);
    await mailbox.wait('password_reset', email, 2);
    expect((await reset({ token })).status).toBe(400);
  });

  it('answers the same where nobody has the address, and sends nothing', async () => {
    const known = await identity.newcomer();
    const unknown = newEmail();
    const [here, nowhere] = [await forgot(known.user.email), await forgot(unknown)];
    expect(nowhere).toMatchObject({ status: 200, body: here.body });
    await mailbox.wait('password_reset', known.user.email);
    expect(await mailbox.all('password_reset', unknown)).toEqual([]);
    expect(await reset({ email: unknown, code: '123456' })).toMatchObject({
      status: 400,
      body: { error: 'Invalid verification code' },
    });
  });

  it('sends one mail in thirty seconds and five in an hour, exactly', async () => {
    const email = newEmail();
    const together = await Promise.all(Array.from({ length: 8 }, () => forgot(email)));
    expect(together.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const minute of [1, 2, 3, 4]) {
      later(minute * MINUTE);
      expect((await forgot(email)).status).toBe(200);
    }
    later(5 * MINUTE);
    const refused = await forgot(email);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(54 * 60);
  });

  it('lets in who was locked out by guesses of others', async () => {
    const { email, token } = await forgetful();
    for (let n = 0; n < 5; n += 1) await login(email, 'Wrong-Horse-7');
    expect((await login(email, PASSWORD)).status).toBe(429);
    expect((await reset({ token })).status).toBe(200);
    expect((await login(email, NEXT)).status).toBe(200);
  });

  it.each([
    [{}, 'Email is required'],
    [{ email: 'a@b.test' }, 'Verification code is required'],
    [{ token: 'x', new_password: 'weak' }, 'Password must be at least 8 characters'],
    [{ token: 'x', new_password: 'Password123' }, 'This password is on a list of known passwords, choose another one'],
  ])('wants all that it needs: %j', async (body, error) => {
    expect(await reset(body)).toMatchObject({ status: 400, body: { error } });
  });
});
