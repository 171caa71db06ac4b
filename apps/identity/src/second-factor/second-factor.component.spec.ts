import { environment, newEmail, PASSWORD, startBeside, startIdentity } from '../testing/identity-under-test.js';
import type { CallOptions, Client, Failure, Reply, SignedInBody } from '../testing/identity-under-test.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { questions } from '#contracts';
import { Questions } from '#messaging';
import { isSealed } from '#sealing';
import { waitFor } from '#testing';
import { service as accounts } from '../../../accounts/src/service.js';
import { SecondFactors } from '../persistence/second-factors.repository.js';
import { Users } from '../persistence/users.repository.js';
import { AuthenticatorApp, StoppedClock } from '../testing/authenticator-app.js';
import { Mailbox } from '../testing/mailbox.js';

type SignInReply = Reply<SignedInBody & Failure & { mfa_token: string; mfa_token_expires_in: number }>;
interface State {
  enabled: boolean;
  enabled_at: string | null;
  setup_pending: boolean;
  recovery_codes_left: number;
}
interface Person extends SignedInBody {
  email: string;
  app: AuthenticatorApp;
  recoveryCodes: string[];
}

let identity: Client;
let beside: Client;
let mailbox: Mailbox;
let clock: StoppedClock;
let places = 0;

beforeAll(async () => {
  process.env['AUTH_REGISTER_PER_NETWORK'] = '100/1h';
  identity = await startIdentity();
  beside = await startBeside(accounts);
  mailbox = new Mailbox(identity);
  clock = new StoppedClock(identity);
});
beforeEach(() => clock.step(3));
afterAll(async () => {
  await beside.running.stop();
  await identity.running.stop();
  await environment.dispose();
});

const newcomer = async () => {
  const email = newEmail();
  return { email, ...(await identity.newcomer(email, { ip: `203.0.113.${(places += 1)}` })) };
};
const post = <Body = Failure>(path: string, body: object, token: string) =>
  identity.post<Body & Failure>(path, body, { token });
const setUp = async (token: string) =>
  (await post<{ secret: string; otpauth_url: string }>('/auth/mfa/setup', { password: PASSWORD }, token)).body;
const state = async (token: string) => (await identity.get<State>('/auth/mfa', token)).body;
/** Every service hears that tokens are void within two seconds. */
const refused = (token: string) =>
  waitFor(async () => (await identity.get('/auth/mfa', token)).status === 401, { what: 'the token to be void' });
const login = (body: object, options?: CallOptions): Promise<SignInReply> =>
  identity.post('/auth/login', body, options);

/** Somebody with two-step sign-in on; the code that switched it on is used up, the next one is not. */
async function careful(): Promise<Person> {
  const person = await newcomer();
  const { secret } = await setUp(person.token);
  const app = new AuthenticatorApp(secret, clock);
  const { body } = await post<{ recovery_codes: string[] }>('/auth/mfa/verify', { code: app.code() }, person.token);
  clock.step();
  return { ...person, app, recoveryCodes: body.recovery_codes };
}
const credentials = ({ email }: { email: string }) => ({ email, password: PASSWORD });
const firstStep = async (person: Person) => (await login(credentials(person))).body.mfa_token;

describe('switching two-step sign-in on', () => {
  it('asks for the password, shows the secret once, and changes nothing before the first code', async () => {
    const { token, email, user } = await newcomer();
    expect(await state(token)).toEqual({
      enabled: false,
      enabled_at: null,
      setup_pending: false,
      recovery_codes_left: 0,
    });
    const wrong = await post('/auth/mfa/setup', { password: 'Wrong-Horse-7' }, token);
    expect([wrong.status, wrong.body.code]).toEqual([401, 'auth.invalid_credentials']);
    expect((await post('/auth/mfa/setup', {}, token)).status).toBe(422);

    const { secret, otpauth_url } = await setUp(token);
    expect(new URL(otpauth_url).searchParams.get('secret')).toBe(secret);
    expect(decodeURIComponent(otpauth_url)).toContain(email);
    expect(await state(token)).toMatchObject({ enabled: false, setup_pending: true });
    const stored = await identity.running.app.get(SecondFactors).find(user.user_id);
    expect([isSealed(stored?.sealed_secret ?? ''), JSON.stringify(stored).includes(secret)]).toEqual([true, false]);
    expect((await login(credentials({ email }))).status).toBe(200);
  });

  it('takes the latest secret only, within a quarter of an hour', async () => {
    const { token } = await newcomer();
    expect((await post('/auth/mfa/verify', { code: '123456' }, token)).body.code).toBe('auth.mfa_not_set_up');
    const former = new AuthenticatorApp((await setUp(token)).secret, clock);
    const latest = new AuthenticatorApp((await setUp(token)).secret, clock);
    const replaced = await post('/auth/mfa/verify', { code: former.code() }, token);
    expect([replaced.status, replaced.body.code]).toEqual([401, 'auth.invalid_mfa_code']);
    clock.step(31);
    const late = await post('/auth/mfa/verify', { code: latest.code() }, token);
    expect([late.status, late.body.code]).toEqual([409, 'auth.mfa_not_set_up']);
  });

  it('answers ten recovery codes, tells by mail, and cannot be done twice', async () => {
    const person = await careful();
    expect(new Set(person.recoveryCodes).size).toBe(10);
    expect(await state(person.token)).toMatchObject({ enabled: true, setup_pending: false, recovery_codes_left: 10 });
    const [mail] = await mailbox.wait('mfa_changed', person.email);
    expect(mail).toMatchObject({ change: 'enabled', recovery_codes_left: 10, ip: '198.51.100.7' });
    const again = await post('/auth/mfa/setup', { password: PASSWORD }, person.token);
    expect([again.status, again.body.code]).toEqual([409, 'auth.mfa_already_enabled']);
    const stored = JSON.stringify(await identity.running.app.get(SecondFactors).find(person.user.user_id));
    for (const code of person.recoveryCodes) expect(stored).not.toContain(code);
  });
});

describe('signing in with two steps', () => {
  it('asks for a code after the right password, and says nothing of it after a wrong one', async () => {
    const person = await careful();
    const wrong = await login({ email: person.email, password: 'Wrong-Horse-7', mfa_code: person.app.code() });
    expect([wrong.status, wrong.body.code, wrong.body.mfa_token]).toEqual([401, 'auth.invalid_credentials', undefined]);
    const first = await login(credentials(person));
    expect([first.status, first.body.code]).toEqual([401, 'auth.mfa_required']);
    expect(first.body).toMatchObject({ mfa_token_expires_in: 300, success: false });
    expect(first.headers.get('set-cookie')).toBeNull();

    const second = await login({ mfa_token: first.body.mfa_token, mfa_code: person.app.code() });
    expect(second.status).toBe(200);
    expect(second.body.user.user_id).toBe(person.user.user_id);
    expect(decodeJwt(second.body.token)['amr']).toEqual(['pwd', 'otp', 'mfa']);
    const spent = await login({ mfa_token: first.body.mfa_token, mfa_code: person.app.code(1) });
    expect([spent.status, spent.body.code]).toEqual([401, 'auth.sign_in_expired']);
  });

  it('takes password and code together, with spaces, one step early or late', async () => {
    const person = await careful();
    for (const steps of [-1, 1, 0]) {
      clock.step(3);
      const code = person.app.code(steps).replace(/^(...)/, '$1 ');
      expect([steps, (await login({ ...credentials(person), mfa_code: code })).status]).toEqual([steps, 200]);
    }
    clock.step(3);
    for (const steps of [-2, 2]) {
      const { body } = await login({ ...credentials(person), mfa_code: person.app.code(steps) });
      expect([steps, body.code]).toEqual([steps, 'auth.invalid_mfa_code']);
    }
  });

  it('accepts a code once, and none that is older than the last', async () => {
    const person = await careful();
    const tokens = await Promise.all(Array.from({ length: 4 }, () => firstStep(person)));
    const code = person.app.code();
    const replies = await Promise.all(tokens.map((mfa_token) => login({ mfa_token, mfa_code: code })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
    const older = await login({ ...credentials(person), mfa_code: person.app.code(-1) });
    expect(older.body.code).toBe('auth.invalid_mfa_code');
  });

  it('does not take the code that switched it on', async () => {
    const person = await newcomer();
    const app = new AuthenticatorApp((await setUp(person.token)).secret, clock);
    expect((await post('/auth/mfa/verify', { code: app.code() }, person.token)).status).toBe(200);
    expect((await login({ ...credentials(person), mfa_code: app.code() })).body.code).toBe('auth.invalid_mfa_code');
    clock.step();
    expect((await login({ ...credentials(person), mfa_code: app.code() })).status).toBe(200);
  });

  it('takes each recovery code once, however many try at the same time', async () => {
    const person = await careful();
    const [code = '', next = ''] = person.recoveryCodes;
    const tokens = await Promise.all(Array.from({ length: 3 }, () => firstStep(person)));
    const replies = await Promise.all(tokens.map((mfa_token) => login({ mfa_token, mfa_code: code.toUpperCase() })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    expect((await login({ ...credentials(person), mfa_code: next })).status).toBe(200);
    expect(await state(person.token)).toMatchObject({ recovery_codes_left: 8 });
    const mails = await mailbox.wait('mfa_changed', person.email, 3);
    expect(mails.map(({ change, recovery_codes_left: left }) => [change, left])).toEqual([
      ['enabled', 10],
      ['recovery_code_used', 9],
      ['recovery_code_used', 8],
    ]);
  });

  it('looks at five wrong codes in a quarter of an hour, wherever they come from', async () => {
    const person = await careful();
    const mfa_token = await firstStep(person);
    const guesses = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        login({ mfa_token, mfa_code: person.app.wrongCode() }, { ip: `192.0.2.${n}` }),
      ),
    );
    const statuses = guesses.map(({ status }) => status);
    expect([401, 429].map((status) => statuses.filter((one) => one === status).length)).toEqual([5, 7]);
    const right = await login({ mfa_token, mfa_code: person.app.code() });
    expect([right.status, right.body.code, right.body.retry_after]).toEqual([429, 'generic.rate_limited', 900]);
    clock.step(30);
    expect((await login({ ...credentials(person), mfa_code: person.app.code() })).status).toBe(200);
  });

  it('gives up after five minutes, and after another password', async () => {
    const person = await careful();
    const stale = await firstStep(person);
    clock.step(10);
    const late = await login({ mfa_token: stale, mfa_code: person.app.code() });
    expect([late.status, late.body.code]).toEqual([401, 'auth.sign_in_expired']);
    const half = await firstStep(person);
    const change = { current_password: PASSWORD, new_password: 'Other-Horse-8' };
    expect((await identity.put('/auth/password', change, person.token)).status).toBe(200);
    expect((await login({ mfa_token: half, mfa_code: person.app.code() })).body.code).toBe('auth.sign_in_expired');
  });

  it('says what is missing', async () => {
    expect(await login({ mfa_token: 'x' })).toMatchObject({ status: 400, body: { error: 'Code is required' } });
    expect((await login({ mfa_token: 'x', mfa_code: '123456' })).body.code).toBe('auth.sign_in_expired');
  });
});

describe('changing two-step sign-in', () => {
  it('asks for both steps before it goes off, and ends all other sessions', async () => {
    const person = await careful();
    const other = (await login({ ...credentials(person), mfa_code: person.app.code() })).body;
    clock.step();
    const off = (password: string, code: string) => post('/auth/mfa/disable', { password, code }, person.token);
    expect((await off('Wrong-Horse-7', person.app.code())).body.code).toBe('auth.invalid_credentials');
    expect((await off(PASSWORD, person.app.wrongCode())).body.code).toBe('auth.invalid_mfa_code');
    expect(await off(PASSWORD, person.app.code())).toMatchObject({ status: 200, body: { sessions_ended: 1 } });
    expect(await state(person.token)).toMatchObject({ enabled: false, recovery_codes_left: 0 });
    await refused(other.token);
    expect((await login(credentials(person))).status).toBe(200);
    expect((await off(PASSWORD, person.app.code())).body.code).toBe('auth.mfa_not_enabled');
    const mails = await mailbox.wait('mfa_changed', person.email, 2);
    expect(mails.map(({ change }) => change)).toEqual(['enabled', 'disabled']);
  });

  it('makes former recovery codes worthless with new ones', async () => {
    const person = await careful();
    const body = { password: PASSWORD, code: person.app.code() };
    const renewed = await post<{ recovery_codes: string[] }>('/auth/mfa/recovery-codes', body, person.token);
    expect(renewed.status).toBe(200);
    const [former = ''] = person.recoveryCodes;
    const [fresh = ''] = renewed.body.recovery_codes;
    expect((await login({ ...credentials(person), mfa_code: former })).body.code).toBe('auth.invalid_mfa_code');
    expect((await login({ ...credentials(person), mfa_code: fresh })).status).toBe(200);
  });

  it('is reset by an operator for somebody who has lost everything: tokens of before are void', async () => {
    const person = await careful();
    const users = identity.running.app.get(Users);
    const before = await users.find(person.user.user_id);
    const ask = identity.running.app.get(Questions);
    expect(await ask.ask(questions.resetSecondFactor, { email: person.email.toUpperCase() })).toEqual({
      user_id: person.user.user_id,
      sessions_ended: 1,
    });
    expect((await users.find(person.user.user_id))?.auth_version).toBe((before?.auth_version ?? 0) + 1);
    await refused(person.token);
    expect((await login(credentials(person))).status).toBe(200);
    expect((await mailbox.wait('mfa_changed', person.email, 2))[1]).toMatchObject({ change: 'reset' });
    const again = ask.ask(questions.resetSecondFactor, { email: person.email });
    await expect(again).rejects.toMatchObject({ status: 409, code: 'auth.mfa_not_enabled' });
    const nobody = ask.ask(questions.resetSecondFactor, { email: 'nobody@example.test' });
    await expect(nobody).rejects.toMatchObject({ status: 404, code: 'identity.user_not_found' });
  });

  it('leaves a trace in the audit log', async () => {
    const person = await careful();
    const [code = ''] = person.recoveryCodes;
    await login({ ...credentials(person), mfa_code: code });
    const page = { path: '/audit?type=identity.user.second_factor_changed', token: person.token };
    const events = await waitFor(async () => {
      const found = (await identity.get<{ events: { data: object }[] }>(page.path, page.token)).body.events;
      return found.length === 2 && found;
    });
    expect(events.map(({ data }) => data)).toEqual([
      { change: 'recovery_code_used', codes_left: 9 },
      { change: 'enabled', codes_left: 10 },
    ]);
  });
});
