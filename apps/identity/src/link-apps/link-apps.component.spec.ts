import { environment, newEmail, PASSWORD, startBeside, startIdentity } from '../testing/identity-under-test.js';
import type { Client, SignedInBody } from '../testing/identity-under-test.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose';
import { AUDIENCE, ISSUER, RevocationList, VerifiedTokens } from '#auth';
import { APP_CLIENTS, LinkingApp, REDIRECT_URI, waitFor, type AppTokens } from '#testing';
import { service as accounts } from '../../../accounts/src/service.js';
import { oauthRecordCollection } from '../persistence/oauth-record.collection.js';
import { Database } from '#persistence';
import { AuthenticatorApp, StoppedClock } from '../testing/authenticator-app.js';

interface GrantBody {
  grant_id: string;
  client_id: string;
  name: string;
  account_id: string;
  scopes: string[];
}

let identity: Client;
let beside: Client;
let person: SignedInBody;
let email: string;

beforeAll(async () => {
  process.env['AUTH_APP_CLIENTS'] = APP_CLIENTS;
  process.env['MFH_LIMITS'] = 'lifted';
  process.env['AUTH_REGISTER_PER_NETWORK'] = '100/1h';
  identity = await startIdentity();
  beside = await startBeside(accounts);
  email = newEmail();
  person = await identity.newcomer(email);
});
afterAll(async () => {
  await beside.running.stop();
  await identity.running.stop();
  await environment.dispose();
});

const newApp = (clientId?: string, redirectUri?: string) => new LinkingApp(identity.running.url, clientId, redirectUri);
const grants = async (token = person.token) =>
  (await identity.get<{ grants: GrantBody[] }>('/auth/grants', token)).body.grants;

async function linked(who = email): Promise<{ app: LinkingApp; tokens: AppTokens; grantId: string }> {
  const app = newApp();
  const { status, body } = await app.redeem(await app.link(who, PASSWORD));
  expect([status, body]).toEqual([200, expect.objectContaining({ access_token: expect.any(String) })]);
  return { app, tokens: body, grantId: String(decodeJwt(body.access_token)['grant']) };
}

/** Whether the guard of this process lets the token pass. */
async function isGood(token: string): Promise<boolean> {
  const { app } = identity.running;
  await app.get(RevocationList).refresh();
  return !app.get(RevocationList).isRevoked((await app.get(VerifiedTokens).check(token)).claims);
}

describe('linking an app', () => {
  it('leads from the app over sign-in and decision back to it', async () => {
    const app = newApp();
    const signIn = await app.open(app.authorizePath());
    expect(signIn.status).toBe(200);
    expect(signIn.html).toContain('Sign in to link Smart &lt;Speaker&gt;');
    expect(signIn.headers.get('content-security-policy')).toContain("form-action 'self' https://speaker.example;");
    expect(signIn.headers.get('x-frame-options')).toBe('DENY');
    const wrong = await app.submit(signIn, 'sign-in', { email, password: 'Wrong-Horse-7' });
    expect([wrong.status, wrong.html]).toEqual([401, expect.stringContaining('Invalid email or password')]);
    expect(wrong.html).not.toContain('Wrong-Horse-7');
    const consent = await app.submit(wrong, 'sign-in', { email: email.toUpperCase(), password: PASSWORD });
    expect(consent.html).toContain('Run your helpers');
    expect(consent.html).not.toContain('Talk to the assistant');
    const { account_id } = person.account;
    const done = await app.submit(consent, 'consent', { decision: 'allow', account_id });
    const back = new URL(done.location ?? '');
    expect(back.origin + back.pathname).toBe(REDIRECT_URI);
    expect(Object.fromEntries(back.searchParams)).toEqual({
      code: expect.any(String),
      state: 'its-own-state',
      iss: expect.stringMatching(/^http/),
    });
    const { status, body } = await app.redeem(back.searchParams.get('code') ?? '');
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'execute_helpers read_helpers',
    });
  });

  it('gives access tokens that any service can verify: of the user, in one account, for what was allowed', async () => {
    const { tokens } = await linked();
    const keys = createLocalJWKSet(
      (await (await fetch(`${identity.running.url}/.well-known/jwks.json`)).json()) as JSONWebKeySet,
    );
    const { payload } = await jwtVerify(tokens.access_token, keys, { issuer: ISSUER, audience: AUDIENCE });
    expect(payload).toMatchObject({
      sub: person.user['cognito_user_id'],
      user_id: person.user.user_id,
      acc: person.account.account_id,
      role: 'owner',
      scope: 'execute_helpers read_helpers',
      client_id: 'speaker',
      grant: expect.stringMatching(/^grant_/),
    });
    const { identity: known } = await identity.running.app.get(VerifiedTokens).check(tokens.access_token);
    expect(known.actor).toMatchObject({ kind: 'app', scopes: ['execute_helpers', 'read_helpers'] });
    // Routes of the own person are not for apps.
    expect(await identity.get('/auth/grants', tokens.access_token)).toMatchObject({
      status: 403,
      body: { code: 'account.permission_denied', data: { reason: 'app_not_accepted' } },
    });
  });

  it('asks anew every time, and takes no for an answer', async () => {
    const { app } = await linked();
    const consent = await app.open(app.authorizePath());
    expect(consent.html).toContain('Link Smart');
    const denied = await app.submit(consent, 'consent', { decision: 'deny', account_id: person.account.account_id });
    expect(new URL(denied.location ?? '').searchParams.get('error')).toBe('access_denied');
  });

  it.each([
    ['no challenge', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['a foreign resource', { resource: 'https://elsewhere.example' }, 'invalid_target'],
  ])('sends an app with %s back', async (_case, changed, error) => {
    const app = newApp();
    const { location } = await app.open(app.authorizePath(changed));
    expect(new URL(location?.replace('#', '?') ?? '').searchParams.get('error')).toBe(error);
  });

  it('gives an app no more than it may ever have, and sends back one that asks for nothing of that', async () => {
    const app = newApp();
    const code = await app.link(email, PASSWORD, { scope: 'read_helpers data_export *' });
    expect((await app.redeem(code)).body.scope).toBe('read_helpers');
    const greedy = newApp();
    const signIn = await greedy.open(greedy.authorizePath({ scope: 'data_export' }));
    const { location } = await greedy.submit(signIn, 'sign-in', { email, password: PASSWORD });
    expect(new URL(location ?? '').searchParams.get('error')).toBe('invalid_scope');
  });

  it.each([
    ['an unknown app', { client_id: 'nobody' }],
    ['another address to return to', { redirect_uri: 'https://thief.example/linked' }],
  ])('shows a page of its own to %s', async (_case, changed) => {
    const app = newApp();
    const { status, location, html } = await app.open(app.authorizePath(changed));
    expect([status, location]).toEqual([400, null]);
    expect(html).toContain('This did not work');
  });

  it('takes forms only from its own pages, of the browser that the step belongs to', async () => {
    const app = newApp();
    const page = await app.open(app.authorizePath());
    const forged = await app.open(`${page.path}/sign-in`, { proof: 'guessed', email, password: PASSWORD });
    expect([forged.status, forged.html]).toEqual([400, expect.stringContaining('opened elsewhere')]);
    const stranger = await newApp().submit(page, 'sign-in', { email, password: PASSWORD });
    expect(stranger.status).toBe(400);
    expect((await app.open(`${page.path}/sign-in`, {})).status).toBe(400);
  });

  it('redeems a code once, with its verifier, by its app; a second use ends everything', async () => {
    const app = newApp();
    const code = await app.link(email, PASSWORD);
    expect((await app.redeem(code, { code_verifier: 'x'.repeat(43) })).body.error).toBe('invalid_grant');
    const other = new LinkingApp(identity.running.url, 'phone', 'http://127.0.0.1:7777/linked');
    expect((await other.redeem(code, { redirect_uri: REDIRECT_URI })).body.error).toBe('invalid_grant');
    const replies = await Promise.all(Array.from({ length: 10 }, () => app.redeem(code)));
    expect(replies.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    expect((await app.redeem(code)).body.error).toBe('invalid_grant');
    const won = replies.find(({ status }) => status === 200);
    if (won !== undefined) expect((await app.refresh(won.body.refresh_token)).status).toBe(400);
  });
});

describe('refresh tokens of apps', () => {
  it('rotate; a used one that comes again unlinks the app', async () => {
    const { app, tokens } = await linked();
    const second = await app.refresh(tokens.refresh_token);
    expect(second.status).toBe(200);
    expect(second.body.refresh_token).not.toBe(tokens.refresh_token);
    expect(await isGood(second.body.access_token)).toBe(true);
    expect((await app.refresh(tokens.refresh_token)).body.error).toBe('invalid_grant');
    expect((await app.refresh(second.body.refresh_token)).body.error).toBe('invalid_grant');
    expect(await isGood(second.body.access_token)).toBe(false);
  });

  it('can be used for less, never for more', async () => {
    const { app, tokens } = await linked();
    const less = await app.refresh(tokens.refresh_token, { scope: 'read_helpers' });
    expect(less.body.scope).toBe('read_helpers');
    expect((await app.refresh(less.body.refresh_token, { scope: 'read_helpers chat' })).body.error).toBe(
      'invalid_scope',
    );
  });

  it('end the grant when the app gives them back', async () => {
    const { app, tokens, grantId } = await linked();
    expect((await newApp('phone', 'http://127.0.0.1:7777/linked').revoke(tokens.refresh_token)).status).toBe(200);
    expect((await grants()).map(({ grant_id }) => grant_id)).toContain(grantId);
    expect((await app.revoke(tokens.refresh_token)).status).toBe(200);
    expect((await grants()).map(({ grant_id }) => grant_id)).not.toContain(grantId);
    expect(await isGood(tokens.access_token)).toBe(false);
  });

  it('and codes are stored hashed and sealed', async () => {
    const { tokens } = await linked();
    const stored = await identity.running.app.get(Database).collection(oauthRecordCollection).find({});
    expect(stored.length).toBeGreaterThan(1);
    expect(JSON.stringify(stored)).not.toContain(tokens.refresh_token);
    expect(JSON.stringify(stored)).not.toContain(person.account.account_id);
  });
});

describe('grants', () => {
  it('are listed to their user, who ends them; nobody else sees them', async () => {
    const somebody = newEmail();
    const { token, account } = await identity.newcomer(somebody);
    const { app, tokens, grantId } = await linked(somebody);
    expect(await grants(token)).toEqual([
      expect.objectContaining({
        grant_id: grantId,
        client_id: 'speaker',
        name: 'Smart <Speaker>',
        account_id: account.account_id,
        scopes: ['execute_helpers', 'read_helpers'],
      }),
    ]);
    expect(await identity.delete(`/auth/grants/${grantId}`, person.token)).toMatchObject({
      status: 404,
      body: { code: 'grants.not_found' },
    });
    expect((await identity.delete(`/auth/grants/${grantId}`, token)).status).toBe(200);
    expect(await grants(token)).toEqual([]);
    expect((await app.refresh(tokens.refresh_token)).body.error).toBe('invalid_grant');
    expect(await isGood(tokens.access_token)).toBe(false);
    await waitFor(async () => {
      const { body } = await identity.get<{ events: { type: string }[] }>('/audit?limit=50', token);
      const types = body.events.map(({ type }) => type);
      return types.includes('identity.grant.allowed') && types.includes('identity.grant.revoked');
    });
  });

  it('end with the password that allowed them, half-finished ones included', async () => {
    const somebody = newEmail();
    const { token } = await identity.newcomer(somebody);
    const { app, tokens } = await linked(somebody);
    const waiting = newApp();
    const consent = await waiting.submit(await waiting.open(waiting.authorizePath()), 'sign-in', {
      email: somebody,
      password: PASSWORD,
    });
    const change = { current_password: PASSWORD, new_password: 'Another-Horse-8' };
    expect((await identity.put('/auth/password', change, token)).status).toBe(200);
    expect((await app.refresh(tokens.refresh_token)).body.error).toBe('invalid_grant');
    expect(await isGood(tokens.access_token)).toBe(false);
    const late = await waiting.submit(consent, 'consent', { decision: 'allow', account_id: person.account.account_id });
    expect(late.status).toBe(400);
    expect(await grants(token)).toEqual([]);
  });
});

it('says what apps need to know', async () => {
  const answer = await fetch(`${identity.running.url}/.well-known/oauth-authorization-server`);
  expect(await answer.json()).toMatchObject({ code_challenge_methods_supported: ['S256'] });
});

it('asks for the second step of those who have one', async () => {
  const clock = new StoppedClock(identity);
  const careful = newEmail();
  const { token } = await identity.newcomer(careful);
  const { secret } = (await identity.post<{ secret: string }>('/auth/mfa/setup', { password: PASSWORD }, { token }))
    .body;
  const device = new AuthenticatorApp(secret, clock);
  expect((await identity.post('/auth/mfa/verify', { code: device.code() }, { token })).status).toBe(200);
  clock.step();
  const app = newApp();
  const signIn = await app.open(app.authorizePath());
  const asked = await app.submit(signIn, 'sign-in', { email: careful, password: PASSWORD });
  expect([asked.status, asked.html]).toEqual([401, expect.stringContaining('Enter your code')]);
  const mfaToken = (html: string) => /name="mfa_token" value="([^"]*)"/.exec(html)?.[1] ?? '';
  const code = (mfa_code: string, mfa_token: string) => app.submit(asked, 'sign-in', { mfa_token, mfa_code });
  const wrong = await code(device.wrongCode(), mfaToken(asked.html));
  expect([wrong.status, wrong.html]).toEqual([401, expect.stringContaining('This code is wrong')]);
  const right = device.code();
  const consent = await code(right, mfaToken(wrong.html));
  expect(consent.html).toContain('Link Smart');
  const again = newApp();
  const second = await again.open(again.authorizePath());
  const start = await again.submit(second, 'sign-in', { email: careful, password: PASSWORD });
  const replayed = await again.submit(start, 'sign-in', { mfa_token: mfaToken(start.html), mfa_code: right });
  expect(replayed.html).toContain('This code is wrong or was used before');
  const made = await again.submit(start, 'sign-in', { mfa_token: 'made-up', mfa_code: right });
  expect([made.status, made.html]).toEqual([401, expect.stringContaining('Sign in to link')]);
});
