import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '../demo-facts.js';
import { sandboxForTest, type Reply, type SandboxForTest } from '../testing/sandbox-client.js';

const REDIRECT = 'https://app.example/callback?kept=1';
const VERIFIER = 'a-verifier-that-is-long-enough-to-be-allowed-by-the-rules';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
const CLIENT = { client_id: DEFAULT_CLIENT_ID, client_secret: DEFAULT_CLIENT_SECRET };
const BASIC = `Basic ${Buffer.from(`${DEFAULT_CLIENT_ID}:${DEFAULT_CLIENT_SECRET}`).toString('base64')}`;

let sandbox: SandboxForTest;
beforeAll(async () => {
  sandbox = await sandboxForTest();
});
afterAll(() => sandbox.stop());

const standard = {
  response_type: 'code',
  client_id: DEFAULT_CLIENT_ID,
  redirect_uri: REDIRECT,
  state: 'st&te',
  scope: 'full',
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
};

function authorize(parameters: Record<string, string>): Promise<Reply> {
  const query = new URLSearchParams({ ...standard, ...parameters });
  return sandbox.request('GET', `/oauth/authorize?${query.toString()}`, { token: null });
}

function token(form: Record<string, string>, headers: Record<string, string> = {}): Promise<Reply> {
  return sandbox.request('POST', '/oauth/token', { body: new URLSearchParams(form), token: null, headers });
}

function sentBackWith(reply: Reply): Record<string, string> {
  return Object.fromEntries(new URL(reply.headers.get('location') ?? '').searchParams);
}

async function freshCode(user = 'someone'): Promise<string> {
  return sentBackWith(await authorize({ auto: 'approve', user }))['code'] ?? '';
}

function exchange(code: string, more: Record<string, string> = {}): Promise<Reply> {
  const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, code_verifier: VERIFIER };
  return token({ ...form, ...CLIENT, ...more });
}

const refresh = (refreshToken: unknown): Promise<Reply> =>
  token({ grant_type: 'refresh_token', refresh_token: String(refreshToken) }, { authorization: BASIC });

describe('authorization', () => {
  it('shows a form, and sends back a code or a refusal with the state', async () => {
    const form = await authorize({});
    expect(form.status).toBe(200);
    expect(form.body['text']).toContain('value="st&amp;te"');
    const approved = await sandbox.request('POST', '/oauth/authorize', {
      token: null,
      body: new URLSearchParams({ ...standard, decision: 'approve', user: 'someone' }),
    });
    expect(approved.status).toBe(302);
    expect(sentBackWith(approved)).toMatchObject({ kept: '1', state: 'st&te', code: expect.any(String) });
    const denied = await authorize({ auto: 'deny' });
    expect(sentBackWith(denied)).toEqual({ kept: '1', state: 'st&te', error: 'access_denied' });
  });

  it.each<[string, Record<string, string>]>([
    ['an unknown client', { client_id: 'stranger' }],
    ['a redirect to something else than a web address', { redirect_uri: 'javascript:alert(1)' }],
  ])('never sends the browser back for %s', async (_case, parameters) => {
    const reply = await authorize({ ...parameters, auto: 'approve' });
    expect([reply.status, reply.headers.get('location')]).toEqual([400, null]);
  });

  it('accepts S256 only', async () => {
    const reply = await authorize({ code_challenge_method: 'plain', auto: 'approve' });
    expect(sentBackWith(reply)).toMatchObject({ error: 'invalid_request', state: 'st&te' });
  });
});

describe('the token endpoint', () => {
  it('gives tokens for a code once, and they open the API as the chosen connection', async () => {
    const code = await freshCode('alpha');
    const reply = await exchange(code);
    expect(reply).toMatchObject({ status: 200, body: { token_type: 'bearer', expires_in: 3600, scope: 'full' } });
    expect(reply.headers.get('cache-control')).toBe('no-store');
    const me = await sandbox.keap('GET', '/oauth/connect/userinfo', { token: String(reply.body['access_token']) });
    expect(me).toMatchObject({ status: 200, body: { family_name: 'alpha' } });
    expect(await exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it.each<[string, Record<string, string>]>([
    ['another verifier', { code_verifier: 'wrong' }],
    ['no verifier', { code_verifier: '' }],
    ['another redirect address', { redirect_uri: 'https://elsewhere.example/' }],
  ])('refuses %s', async (_case, more) => {
    expect(await exchange(await freshCode(), more)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('refuses a client it does not know and a grant it does not have', async () => {
    expect(await exchange(await freshCode(), { client_secret: 'wrong' })).toMatchObject({ status: 401 });
    const other = await token({ grant_type: 'password', ...CLIENT });
    expect(other).toMatchObject({ status: 400, body: { error: 'unsupported_grant_type' } });
  });

  it('rotates refresh tokens: each works once', async () => {
    const first = await exchange(await freshCode());
    const second = await refresh(first.body['refresh_token']);
    expect(second.status).toBe(200);
    expect(second.body['refresh_token']).not.toBe(first.body['refresh_token']);
    expect(await refresh(first.body['refresh_token'])).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect((await refresh(second.body['refresh_token'])).status).toBe(200);
  });
});

describe('an access token', () => {
  it('can be made to expire for one connection, and a refresh opens the API again', async () => {
    const mine = (await exchange(await freshCode('mine'))).body;
    const other = (await exchange(await freshCode('other'))).body;
    expect((await sandbox.admin('POST', '/tokens/expire', { connection: 'mine' })).body).toEqual({ expired: 1 });
    const refused = await sandbox.keap('GET', '/contacts/1001', { token: String(mine['access_token']) });
    expect(refused).toMatchObject({ status: 401, body: { fault: { faultstring: 'Access Token expired' } } });
    expect((await sandbox.keap('GET', '/contacts/1001', { token: String(other['access_token']) })).status).toBe(200);
    const renewed = (await refresh(mine['refresh_token'])).body;
    expect((await sandbox.keap('GET', '/contacts/1001', { token: String(renewed['access_token']) })).status).toBe(200);
  });

  it.each([null, 'made-up', 'sandbox-key-'])('that is not one (%s) gets the fault of the gateway', async (wrong) => {
    expect(await sandbox.keap('GET', '/contacts/1001', { token: wrong })).toMatchObject({
      status: 401,
      body: { fault: { faultstring: 'Invalid access token', detail: { errorcode: 'oauth.v2.InvalidAccessToken' } } },
    });
  });
});
