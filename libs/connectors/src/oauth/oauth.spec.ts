import { describe, expect, it } from '@jest/globals';
import { platformOf } from '../platforms.js';
import { lost, ScriptedHttp, type Scripted } from '../testing/scripted-http.js';
import type { PlatformManifest } from '../_kit/platform-manifest.js';
import { authorizationUrl } from './authorization-url.js';
import { exchangeCode, refreshTokens } from './token-endpoint.js';
import { fetchUserIdentity } from './user-identity.js';

const client = { clientId: 'our id', clientSecret: 'our s3cret' };
const now = () => new Date('2026-01-15T12:00:00Z');
const basic = `Basic ${btoa('our id:our s3cret')}`;

function platform(slug: string): PlatformManifest {
  const manifest = platformOf(slug, { sandboxUrl: 'http://127.0.0.1:8090' });
  if (manifest === undefined) throw new Error(`No platform ${slug}`);
  return manifest;
}

const answer: Scripted = {
  status: 200,
  json: {
    access_token: 'at',
    refresh_token: 'rt-2',
    token_type: 'bearer',
    expires_in: 3600,
    scope: 'full',
    locationId: 'loc',
  },
};

describe('the authorization address', () => {
  it('asks for what the platform’s record says, with a challenge only where it wants one', () => {
    const request = { redirectUri: 'https://us.example/cb', state: 'state:1', codeChallenge: 'c' };
    const keap = new URL(authorizationUrl(platform('keap'), client, request));
    expect(keap.origin + keap.pathname).toBe('https://accounts.infusionsoft.com/app/oauth/authorize');
    expect(Object.fromEntries(keap.searchParams)).toEqual({
      client_id: 'our id',
      redirect_uri: 'https://us.example/cb',
      response_type: 'code',
      state: 'state:1',
      scope: 'full',
    });
    const sandbox = new URL(authorizationUrl(platform('sandbox'), client, request));
    expect(sandbox.searchParams.get('code_challenge')).toBe('c');
    expect(sandbox.searchParams.get('code_challenge_method')).toBe('S256');
    const dropbox = new URL(authorizationUrl(platform('dropbox'), client, request));
    expect(dropbox.searchParams.get('token_access_type')).toBe('offline');
  });
});

describe('tokens', () => {
  it('are got for a code with the client in the form', async () => {
    const http = new ScriptedHttp([answer]);
    const grant = { code: 'c0de', redirectUri: 'https://us.example/cb', codeVerifier: 'v' };
    const tokens = await exchangeCode(platform('keap'), client, grant, { http, now });

    expect(http.requests[0]).toMatchObject({
      method: 'POST',
      url: 'https://api.infusionsoft.com/token',
      form: {
        grant_type: 'authorization_code',
        code: 'c0de',
        redirect_uri: 'https://us.example/cb',
        client_id: 'our id',
        client_secret: 'our s3cret',
      },
    });
    expect(tokens).toEqual({
      accessToken: 'at',
      refreshToken: 'rt-2',
      tokenType: 'bearer',
      expiresAt: new Date('2026-01-15T13:00:00Z'),
      scope: 'full',
    });
  });

  it('are refreshed at Keap with the client as Basic credentials', async () => {
    const http = new ScriptedHttp([answer]);
    const tokens = await refreshTokens(platform('keap'), client, 'rt-1', { http, now });
    expect(http.requests[0]?.form).toEqual({ grant_type: 'refresh_token', refresh_token: 'rt-1' });
    expect(http.requests[0]?.headers?.['authorization']).toBe(basic);
    expect(tokens.refreshToken).toBe('rt-2');
  });

  it('keep the refresh token where the vendor does not rotate', async () => {
    const http = new ScriptedHttp([{ status: 200, json: { access_token: 'at' } }]);
    const tokens = await refreshTokens(platform('google_sheets'), client, 'rt-1', { http, now });
    expect(tokens).toEqual({ accessToken: 'at', refreshToken: 'rt-1', tokenType: 'bearer' });
  });

  it('tell the vendor’s location where it names one, and say what kind of user we want', async () => {
    const http = new ScriptedHttp([answer]);
    const tokens = await refreshTokens(platform('gohighlevel'), client, 'rt-1', { http, now });
    expect(tokens.accountId).toBe('loc');
    expect(http.requests[0]?.form).toMatchObject({ user_type: 'Location', client_id: 'our id' });
  });

  it.each([undefined, '', '../other', 17.5])(
    'are not taken from a sign-in that chose the location %j',
    async (locationId) => {
      const json = { access_token: 'at', refresh_token: 'rt', userType: 'Company', locationId };
      const http = new ScriptedHttp([{ status: 200, json }]);
      const grant = { code: 'c', redirectUri: 'https://app.example/callback' };
      await expect(exchangeCode(platform('gohighlevel'), client, grant, { http, now })).rejects.toMatchObject({
        kind: 'validation',
        retryable: false,
      });
      // A refresh says nothing new about the location: the one that is kept stays.
      await refreshTokens(platform('gohighlevel'), client, 'rt', { http, now });
    },
  );

  it.each<[string, Scripted, object]>([
    [
      'a used refresh token',
      { status: 400, json: { error: 'invalid_grant' } },
      { kind: 'auth_invalid', retryable: false },
    ],
    ['a refusal in HTML', { status: 401, text: '<h1>no</h1>' }, { kind: 'auth_invalid' }],
    ['a wrong client', { status: 401, json: { error: 'invalid_client' } }, { kind: 'forbidden', retryable: false }],
    ['a rate limit', { status: 429, headers: { 'retry-after': '3' } }, { kind: 'rate_limited', retryAfterMs: 3000 }],
    ['a broken vendor', { status: 503 }, { kind: 'server', retryable: true }],
    ['an answer without a token', { status: 200, json: {} }, { kind: 'protocol', outcome: 'unknown' }],
    ['an answer that is no JSON', { status: 200, text: 'ok' }, { kind: 'protocol', outcome: 'unknown' }],
    ['a lost answer', lost(true), { kind: 'network', outcome: 'unknown', retryable: true }],
    ['nobody there', lost(false), { kind: 'network', outcome: 'not_sent' }],
  ])('are not got from %s', async (_name, scripted, error) => {
    const http = new ScriptedHttp([scripted]);
    await expect(refreshTokens(platform('keap'), client, 'rt-1', { http, now })).rejects.toMatchObject(error);
    // A refresh token may be spent by the first try: there is no second.
    expect(http.requests).toHaveLength(1);
  });

  it('are never shown by a refusal that quotes them', async () => {
    const quoted = { error: 'invalid_grant', error_description: 'rt-1 is spent; our s3cret' };
    const http = new ScriptedHttp([{ status: 400, json: quoted }]);
    const error = await refreshTokens(platform('keap'), client, 'rt-1', { http, now }).catch(
      (thrown: unknown) => thrown,
    );
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toMatch(/rt-1|s3cret/);
  });
});

describe('who allowed us in', () => {
  it('is the first id the vendor gives', async () => {
    const info = { sub: 12, id: 'x', email: 'a@b.c', tenant_id: 'app1' };
    const http = new ScriptedHttp([{ status: 200, json: info }]);
    expect(await fetchUserIdentity(platform('keap'), 'at', { http })).toEqual({
      userId: '12',
      email: 'a@b.c',
      appId: 'app1',
    });
    expect(http.requests[0]?.headers?.['authorization']).toBe('Bearer at');
  });

  it('is nobody where the platform has no such address', async () => {
    const http = new ScriptedHttp([]);
    expect(await fetchUserIdentity(platform('gohighlevel'), 'at', { http })).toEqual({});
    expect(http.requests).toEqual([]);
  });

  it('is asked by POST where the vendor wants that', async () => {
    const http = new ScriptedHttp([{ status: 200, json: { account_id: 'dbid:1' } }]);
    expect(await fetchUserIdentity(platform('dropbox'), 'at', { http })).toEqual({ userId: 'dbid:1' });
    expect(http.requests[0]?.method).toBe('POST');
  });
});
