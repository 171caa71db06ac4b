import { environment, newEmail, startBeside, startIdentity } from '../testing/identity-under-test.js';
import type { Client, Failure } from '../testing/identity-under-test.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { service as accounts } from '../../../accounts/src/service.js';
import { Clock } from '../clock.js';
import { Users } from '../persistence/users.repository.js';
import { IDENTITY_SETTINGS, type IdentitySettings } from '../settings.js';
import { Mailbox } from '../testing/mailbox.js';

const HOUR = 60 * 60_000;

describe('an address', () => {
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
  afterEach(() => {
    later(0);
    settings().requireVerifiedEmail = false;
  });
  afterAll(async () => {
    await beside.running.stop();
    await identity.running.stop();
    await environment.dispose();
  });

  const settings = () => identity.running.app.get<IdentitySettings>(IDENTITY_SETTINGS);
  const later = (milliseconds: number) => {
    identity.running.app.get(Clock).now = () => new Date(Date.now() + milliseconds);
  };
  const verify = (body: object) => identity.post<Failure & { email: string }>('/auth/verify-email', body);
  const request = (body: object) => identity.post<Failure>('/auth/verify-email/request', body);
  const verifiedAt = async (email: string) =>
    (await identity.running.app.get(Users).findByEmail(email))?.email_verified_at;
  const tokenFor = async (email: string) => (await mailbox.wait('email_verification', email)).at(-1)?.['token'];

  it('is asked for confirmation at registration, and confirmed once by the link', async () => {
    const { user } = await identity.newcomer();
    expect(await verifiedAt(user.email)).toBeUndefined();
    const token = await tokenFor(user.email);
    const uses = await Promise.all(Array.from({ length: 4 }, () => verify({ token })));
    expect(uses.filter(({ status }) => status === 200)).toMatchObject([{ body: { email: user.email } }]);
    expect(uses.filter(({ status }) => status === 401)).toHaveLength(3);
    expect(await verifiedAt(user.email)).toBeInstanceOf(Date);
    await mailbox.wait('welcome', user.email);
  });

  it('is confirmed by a code; the next code can be asked for after two minutes', async () => {
    const { user } = await identity.newcomer();
    expect((await request({ email: user.email, method: 'code' })).status).toBe(200);
    expect((await request({ email: user.email, method: 'code' })).status).toBe(429);
    const [mail = {}] = await mailbox.wait('onboarding_email_otp', user.email);
    expect(await verify({ email: user.email, code: 'nonsense' })).toMatchObject({ status: 400 });
    expect(await verify({ email: user.email, code: mail['code'] })).toMatchObject({ status: 200 });
  });

  it('is not confirmed a day later, nor by a link to another address', async () => {
    const { user, token: access } = await identity.newcomer();
    const first = await tokenFor(user.email);
    later(24 * HOUR + 1_000);
    expect(await verify({ token: first })).toMatchObject({ status: 401, body: { code: 'auth.invalid_link' } });
    later(0);
    const moved = newEmail();
    expect((await identity.put('/auth/profile', { email: moved }, access)).status).toBe(200);
    expect(await verify({ token: first })).toMatchObject({ status: 401 });
    const [mail = {}] = await mailbox.wait('email_change_requested', moved);
    expect(await verify({ token: mail['token'] })).toMatchObject({ status: 200, body: { email: moved } });
    expect(await mailbox.wait('email_changed', user.email)).toMatchObject([{ new_email: moved }]);
  });

  it('gets the same answer whether or not there is something to confirm', async () => {
    const { user } = await identity.newcomer();
    await verify({ token: await tokenFor(user.email) });
    const unknown = newEmail();
    const [here, nowhere] = [await request({ email: user.email }), await request({ email: unknown })];
    expect(nowhere).toMatchObject({ status: 200, body: here.body });
    expect(await mailbox.all('email_verification', unknown)).toEqual([]);
    expect(await mailbox.all('email_verification', user.email)).toHaveLength(1);
  });

  it('must be confirmed to sign in where the installation says so', async () => {
    const { user } = await identity.newcomer();
    settings().requireVerifiedEmail = true;
    const login = (password: string) => identity.post<Failure>('/auth/login', { email: user.email, password });
    expect(await login('Wrong-Horse-7')).toMatchObject({ body: { code: 'auth.invalid_credentials' } });
    expect(await login('Correct-Horse-7')).toMatchObject({
      status: 401,
      body: { error: 'Email not verified', code: 'auth.email_not_verified' },
    });
    await verify({ token: await tokenFor(user.email) });
    expect((await login('Correct-Horse-7')).status).toBe(200);
  });

  it.each([{}, { token: 'x', role: 'owner' }, { email: 'a@b.test' }])('is refused with 422 for %j', async (body) => {
    expect((await verify(body)).status).toBe(422);
  });
});
