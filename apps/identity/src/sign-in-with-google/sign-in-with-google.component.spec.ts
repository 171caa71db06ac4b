import { environment, newEmail, PASSWORD, startBeside, startIdentity } from '../testing/identity-under-test.js';
import type { Client, Failure, SignedInBody } from '../testing/identity-under-test.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { waitFor } from '#testing';
import { service as accounts } from '../../../accounts/src/service.js';
import { GoogleIdentities } from '../persistence/google-identities.repository.js';
import { Users } from '../persistence/users.repository.js';
import { AuthenticatorApp, StoppedClock } from '../testing/authenticator-app.js';
import { GOOGLE_CLIENT, GoogleDouble, type PersonAtGoogle } from '../testing/google-double.js';
import { GoogleVisitors, place, somebody, type GoogleReply } from '../testing/google-visitors.js';
import { Mailbox } from '../testing/mailbox.js';

let google: GoogleDouble;
let identity: Client;
let beside: Client;
let mailbox: Mailbox;
let clock: StoppedClock;
let visitors: GoogleVisitors;

beforeAll(async () => {
  google = await GoogleDouble.start();
  process.env['AUTH_REGISTER_PER_NETWORK'] = '100/1h';
  process.env['AUTH_REGISTER_PER_IP'] = '100/1h';
  process.env['AUTH_GOOGLE_ISSUER'] = google.issuer;
  process.env['AUTH_GOOGLE_CLIENT_ID'] = GOOGLE_CLIENT.id;
  process.env['AUTH_GOOGLE_CLIENT_SECRET'] = GOOGLE_CLIENT.secret;
  identity = await startIdentity();
  beside = await startBeside(accounts);
  mailbox = new Mailbox(identity);
  clock = new StoppedClock(identity);
  visitors = new GoogleVisitors(identity, google);
});
beforeEach(() => clock.step(40));
afterAll(async () => {
  await beside.running.stop();
  await identity.running.stop();
  await google.stop();
  await environment.dispose();
});

const [begin, login] = [(redirect?: string) => visitors.begin(redirect), (body: object) => visitors.login(body)];
const signIn = (person: PersonAtGoogle, redirect?: string) => visitors.signIn(person, redirect);
const registered = async (email = newEmail()) => ({ email, ...(await identity.newcomer(email, { ip: place() })) });
const users = () => identity.running.app.get(Users);
const verify = (userId: string, email: string) => users().verify(userId, email, new Date(clock.now));
const linkOf = (userId: string) => identity.running.app.get(GoogleIdentities).ofUser(userId);

describe('beginning at Google', () => {
  it('sends the browser away with state, nonce and PKCE, of which the client learns the state only', async () => {
    const { url, state, expires_in } = await begin('/helpers?tab=1');
    expect(expires_in).toBe(600);
    const target = new URL(url);
    expect(target.origin).toBe(google.issuer);
    expect(Object.fromEntries(target.searchParams)).toMatchObject({
      client_id: GOOGLE_CLIENT.id,
      response_type: 'code',
      scope: 'openid email profile',
      code_challenge_method: 'S256',
      state,
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect((await begin()).state).not.toBe(state);
  });

  it.each(['https://evil.test/', '//evil.test', 'helpers'])('refuses to come back to %s', async (redirect) => {
    expect((await identity.get(`/auth/google/url?redirect=${encodeURIComponent(redirect)}`)).status).toBe(422);
  });
});

describe('coming back from Google', () => {
  it('registers somebody new as everybody, with a confirmed address and no password', async () => {
    const person = somebody();
    const { status, body } = await signIn(person, '/welcome');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      created: true,
      redirect: '/welcome',
      user: { email: person.email, name: person.name },
    });
    expect(decodeJwt(body.token)['amr']).toEqual(['google']);
    expect((await identity.get('/auth/status', body.token)).status).toBe(200);
    expect(body.account).toMatchObject({ name: 'Ada Lovelace', plan: 'free' });
    expect(await users().find(body.user.user_id)).toHaveProperty('email_verified_at');
    await mailbox.wait('welcome', person.email);
    expect(await mailbox.all('email_verification', person.email)).toEqual([]);

    const guess = await identity.post<Failure>(
      '/auth/login',
      { email: person.email, password: 'none' },
      { ip: place() },
    );
    expect([guess.status, guess.body.code]).toEqual([401, 'auth.invalid_credentials']);
    const mfa = await identity.post<Failure>('/auth/mfa/setup', { password: PASSWORD }, { token: body.token });
    expect([mfa.status, mfa.body.code]).toEqual([409, 'auth.no_password']);
    const change = { current_password: PASSWORD, new_password: 'Other-Horse-8' };
    expect((await identity.put<Failure>('/auth/password', change, body.token)).body.code).toBe('auth.no_password');

    const again = await signIn({ ...person, email: newEmail(), email_verified: true });
    expect([again.status, again.body.created, again.body.user.user_id]).toEqual([200, false, body.user.user_id]);
  });

  it('knows people by their name at Google, not by an address that somebody else may have next', async () => {
    const person = somebody();
    const first = (await signIn(person)).body;
    const successor = somebody({ email: person.email });
    const taken = await signIn(successor);
    expect([taken.status, taken.body.code]).toEqual([409, 'auth.google_already_linked']);
    expect((await linkOf(first.user.user_id))?._id).toBe(person.sub);
  });

  it('takes nobody whose address Google does not vouch for', async () => {
    const person = somebody({ email_verified: false });
    const { status, body } = await signIn(person);
    expect([status, body.code]).toEqual([403, 'auth.google_email_unverified']);
    expect(await users().findByEmail(person.email)).toBeNull();
  });

  it('takes each state once, from one of parallel calls, and for ten minutes', async () => {
    const person = somebody();
    await signIn(person);
    const back = await google.signIn((await begin()).url, person);
    const replies = await Promise.all([login(back), login(back), login(back)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    const late = await google.signIn((await begin()).url, person);
    clock.step(20);
    expect((await login(late)).body.code).toBe('auth.google_sign_in_expired');
    expect((await login({ ...late, state: 'nobodys' })).body.code).toBe('auth.google_sign_in_expired');
    expect((await login({ code: late.code })).status).toBe(422);
  });

  it('takes no code of another sign-in, and none whose challenge or nonce is not ours', async () => {
    const person = somebody();
    const [mine, other] = [await begin(), await begin()];
    const theirs = await google.signIn(other.url, person);
    const mixed = await login({ ...theirs, state: mine.state });
    expect([mixed.status, mixed.body.code]).toEqual([401, 'auth.google_refused']);
    for (const [parameter, value] of [
      ['nonce', 'x'.repeat(43)],
      ['code_challenge', 'x'.repeat(43)],
    ] as const) {
      const url = new URL((await begin()).url);
      url.searchParams.set(parameter, value);
      const { body } = await login(await google.signIn(url.href, person));
      expect([parameter, body.code]).toEqual([parameter, 'auth.google_refused']);
    }
    const foreign = await google.signIn((await begin()).url, person);
    expect((await login({ ...foreign, iss: 'https://evil.test' })).body.code).toBe('auth.google_refused');
    expect(await users().findByEmail(person.email)).toBeNull();
  });

  it('takes no ID token that a key signed which Google never published', async () => {
    const person = somebody();
    const { status, body } = await google.withForeignKey(() => signIn(person));
    expect([status, body.code]).toEqual([401, 'auth.google_refused']);
    expect((await signIn(person)).status).toBe(200);
  });

  it('says that Google is away, and goes on when it is back', async () => {
    const person = somebody();
    const back = await google.signIn((await begin()).url, person);
    google.isDown = true;
    const away = await login(back);
    google.isDown = false;
    expect([away.status, away.body.code]).toEqual([503, 'generic.unavailable']);
    expect((await signIn(person)).status).toBe(200);
  });
});

describe('linking to a user who is there already', () => {
  it('happens by itself where the user has confirmed the address, and is told by mail and in the audit log', async () => {
    const { email, user, token } = await registered();
    await verify(user.user_id, email);
    const person = somebody({ email: email.toUpperCase() });
    const { status, body } = await signIn(person);
    expect([status, body.created, body.user.user_id]).toEqual([200, false, user.user_id]);
    expect((await linkOf(user.user_id))?._id).toBe(person.sub);
    expect((await mailbox.wait('sign_in_method_added', email))[0]).toMatchObject({ method: 'Google' });
    const path = '/audit?type=identity.user.sign_in_method_added';
    await waitFor(async () => (await identity.get<{ events: object[] }>(path, token)).body.events.length === 1);
    expect((await identity.signIn(email, { ip: place() })).user.user_id).toBe(user.user_id);
    await signIn(person);
    expect(await mailbox.all('sign_in_method_added', email)).toHaveLength(1);
  });

  it('needs the password where the address was never confirmed, which it then is', async () => {
    const { email, user } = await registered();
    const refused = await signIn(somebody({ email }));
    expect([refused.status, refused.body.code]).toEqual([409, 'auth.google_link_required']);
    expect(await linkOf(user.user_id)).toBeNull();
    const link = (body: object): Promise<GoogleReply> => identity.post('/auth/google/link', body, { ip: place() });
    const { link_token } = refused.body;
    expect((await link({ link_token, password: 'Wrong-Horse-7' })).body.code).toBe('auth.invalid_credentials');
    expect((await link({ link_token: 'other', password: PASSWORD })).body.code).toBe('auth.sign_in_expired');
    const linked = await link({ link_token, password: PASSWORD });
    expect([linked.status, linked.body.user.user_id]).toEqual([200, user.user_id]);
    expect(decodeJwt(linked.body.token)['amr']).toEqual(['google', 'pwd']);
    expect(await users().find(user.user_id)).toHaveProperty('email_verified_at');
    expect((await link({ link_token, password: PASSWORD })).body.code).toBe('auth.sign_in_expired');
  });

  it('waits for the second step where there is one', async () => {
    const { email, user, token } = await registered();
    await verify(user.user_id, email);
    const { secret } = (await identity.post<{ secret: string }>('/auth/mfa/setup', { password: PASSWORD }, { token }))
      .body;
    const app = new AuthenticatorApp(secret, clock);
    await identity.post('/auth/mfa/verify', { code: app.code() }, { token });
    clock.step();
    const half = await signIn(somebody({ email }));
    expect([half.status, half.body.code]).toEqual([401, 'auth.mfa_required']);
    expect(await linkOf(user.user_id)).toBeNull();
    const body = { mfa_token: half.body.mfa_token, mfa_code: app.code() };
    const whole = await identity.post<SignedInBody>('/auth/login', body, { ip: place() });
    expect(decodeJwt(whole.body.token)['amr']).toEqual(['google', 'otp', 'mfa']);
    expect(await linkOf(user.user_id)).not.toBeNull();
  });
});

describe('leaving Google again', () => {
  const link = async (token: string) =>
    (await identity.get<{ linked: boolean; email: string | null; has_password: boolean }>('/auth/google', token)).body;
  const unlink = (token: string, password: string) =>
    identity.post<Failure>('/auth/google/unlink', { password }, { token });

  it('needs a password to go on with, and is told by mail', async () => {
    const { email, user, token } = await registered();
    await verify(user.user_id, email);
    expect(await link(token)).toMatchObject({ linked: false, email: null, has_password: true });
    expect((await unlink(token, PASSWORD)).body.code).toBe('auth.google_not_linked');
    const person = somebody({ email });
    await signIn(person);
    expect(await link(token)).toMatchObject({ linked: true, email });
    expect((await unlink(token, 'Wrong-Horse-7')).body.code).toBe('auth.invalid_credentials');
    expect((await unlink(token, PASSWORD)).status).toBe(200);
    expect(await linkOf(user.user_id)).toBeNull();
    expect((await mailbox.wait('sign_in_method_removed', email))[0]).toMatchObject({ method: 'Google' });

    const only = (await signIn(somebody())).body;
    expect(await link(only.token)).toMatchObject({ linked: true, has_password: false });
    expect((await unlink(only.token, PASSWORD)).body.code).toBe('auth.no_password');
  });

  it('happens when a mail for a forgotten password is the first that was read at an address', async () => {
    const stranger = somebody();
    const { user, token } = (await signIn(stranger)).body;
    const victim = newEmail();
    expect((await identity.put('/auth/profile', { email: victim }, token)).status).toBe(200);
    await identity.post('/auth/forgot-password', { email: victim }, { ip: place() });
    const [mail] = await mailbox.wait('password_reset', victim);
    const reset = { token: mail?.['token'], new_password: 'Other-Horse-8' };
    expect((await identity.post('/auth/reset-password', reset, { ip: place() })).status).toBe(200);
    expect(await linkOf(user.user_id)).toBeNull();
    expect((await signIn(stranger)).body.user.user_id).not.toBe(user.user_id);
  });

  it('does not happen when the address was read before', async () => {
    const person = somebody();
    const { user } = (await signIn(person)).body;
    await identity.post('/auth/forgot-password', { email: person.email }, { ip: place() });
    const [mail] = await mailbox.wait('password_reset', person.email);
    const reset = { token: mail?.['token'], new_password: 'Other-Horse-8' };
    expect((await identity.post('/auth/reset-password', reset, { ip: place() })).status).toBe(200);
    expect((await signIn(person)).body.user.user_id).toBe(user.user_id);
  });
});

describe('accepting an invitation by Google', () => {
  const invite = async (email: string) => {
    const owner = await registered();
    const path = `/accounts/${owner.account.account_id}/team`;
    const { status } = await beside.post(path, { email, role: 'member' }, { token: owner.token });
    expect(status).toBe(201);
    const [mail] = await mailbox.wait('team_invite', email);
    return { token: mail?.['token'] ?? '', accountId: owner.account.account_id };
  };
  const accept = async (token: string, person: PersonAtGoogle): Promise<GoogleReply> => {
    const back = await google.signIn((await begin()).url, person);
    return beside.post('/invitations/accept', { token, google: back }, { ip: place() });
  };

  it('joins the account without one of their own, and needs no password', async () => {
    const person = somebody();
    const { token, accountId } = await invite(person.email);
    const { status, body } = await accept(token, person);
    expect(status).toBe(200);
    expect(body.account.account_id).toBe(accountId);
    expect(body.user).toMatchObject({ email: person.email, name: person.name, current_account_id: accountId });
    expect(decodeJwt(body.token)['amr']).toEqual(['google']);
    expect((await signIn(person)).body.user.user_id).toBe(body.user.user_id);
  });

  it('needs the address that was invited', async () => {
    const invited = somebody();
    const { token } = await invite(invited.email);
    const stranger = await accept(token, somebody());
    expect([stranger.status, stranger.body.code]).toEqual([403, 'account.email_mismatch']);
    expect((await accept(token, invited)).status).toBe(200);
  });
});
