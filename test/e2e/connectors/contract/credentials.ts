import { expect, jest } from '@jest/globals';
import {
  authorizationUrl,
  exchangeCode,
  oauthClientOf,
  platformOf,
  refreshTokens,
  type ConnectorCredentials,
} from '#connectors';
import type { ContractSubject } from '../contract-subject.js';
import type { ContractChecks } from './checks.js';

export function credentialContract(checks: ContractChecks): void {
  checks.that('testConnection', 'says that a key is refused for good', async (subject) => {
    const { connect, keyCredentials, sandboxUrl, refusedKeyStatus } = subject;
    const { crm, calls } = connect({ credentials: keyCredentials('not-a-key', sandboxUrl) });
    const refusal = { kind: 'auth_invalid', retryable: false, status: refusedKeyStatus ?? 401 };
    await expect(crm.testConnection()).rejects.toMatchObject(refusal);
    expect(calls).toHaveLength(1);
  });

  checks.that('testConnection', 'refuses to connect without credentials', async ({ connect, sent }) => {
    const before = sent();
    expect(() => connect({ credentials: {} })).toThrow(/lacks/);
    expect(sent()).toBe(before);
  });

  checks.that('testConnection', 'never shows a credential', async ({ connect, keyCredentials, sandboxUrl }) => {
    const { crm } = connect({ credentials: keyCredentials('a-secret-key', sandboxUrl) });
    const error: unknown = await crm.testConnection().catch((thrown: unknown) => thrown);
    expect(JSON.stringify([String(error), error])).not.toContain('a-secret-key');
  });

  checks.that('testConnection', 'says that a token has expired when nobody can refresh it', async (subject) => {
    const expired = withToken(subject, 'gone');
    if (expired === undefined) return onlyByKey(subject);
    const testing = subject.connect({ credentials: expired }).crm.testConnection();
    await expect(testing).rejects.toMatchObject({ kind: 'auth_expired', status: 401 });
  });

  checks.that('testConnection', 'goes on with a refreshed token, refreshed once for all runs', async (subject) => {
    const { connect, keyCredentials, sandboxUrl } = subject;
    const expired = withToken(subject, 'gone');
    if (expired === undefined) return onlyByKey(subject);
    const fresh = withToken(subject, 'sandbox-demo-key') ?? keyCredentials('sandbox-demo-key', sandboxUrl);
    const refresh = jest.fn(() => Promise.resolve(fresh));
    const { crm, nextRun, calls } = connect({ credentials: expired, refresh });
    await Promise.all([crm.testConnection(), nextRun().testConnection(), nextRun().testConnection()]);
    await nextRun().testConnection();
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(calls.at(-1)?.status).toBe(200);
  });

  checks.that('testConnection', 'signs in by OAuth in the vendor’s manner, and refreshes', async (subject) => {
    const { platform, places, http, connect } = subject;
    const manifest = platformOf(platform, places);
    if (withToken(subject, '') === undefined) return expect(manifest?.record.oauth).toBeUndefined();
    const client = oauthClientOf(platform, {}, places);
    if (manifest === undefined || client === undefined) throw new Error('The platform has no OAuth client');

    const codeVerifier = 'v'.repeat(64);
    const redirectUri = 'http://127.0.0.1:9/callback';
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
    const codeChallenge = Buffer.from(digest).toString('base64url');
    const url = authorizationUrl(manifest, client, { redirectUri, state: 's1', codeChallenge });
    const answer = await fetch(`${url}&auto=approve`, { redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    expect(back.searchParams.get('state')).toBe('s1');
    const code = back.searchParams.get('code') ?? '';

    const tokens = await exchangeCode(manifest, client, { code, redirectUri, codeVerifier }, { http });
    expect(tokens.expiresAt?.getTime()).toBeGreaterThan(Date.now());
    await connect({ credentials: withToken(subject, tokens.accessToken) ?? {} }).crm.testConnection();
    const fresh = await refreshTokens(manifest, client, tokens.refreshToken ?? '', { http });
    await connect({ credentials: withToken(subject, fresh.accessToken) ?? {} }).crm.testConnection();
    const spent = fresh.refreshToken === tokens.refreshToken ? 'not-a-token' : (tokens.refreshToken ?? '');
    await expect(refreshTokens(manifest, client, spent, { http })).rejects.toMatchObject({
      kind: 'auth_invalid',
      retryable: false,
    });
  });

  checks.that('testConnection', 'gives up after one refresh that did not help', async (subject) => {
    const expired = withToken(subject, 'gone');
    if (expired === undefined) return onlyByKey(subject);
    const refresh = jest.fn(() => Promise.resolve(withToken(subject, 'gone, too') ?? expired));
    const { crm } = subject.connect({ credentials: expired, refresh });
    await expect(crm.testConnection()).rejects.toMatchObject({ kind: 'auth_invalid', retryable: false });
    expect(refresh).toHaveBeenCalledTimes(1);
  });
}

function withToken({ tokenCredentials, sandboxUrl }: ContractSubject, token: string): ConnectorCredentials | undefined {
  return tokenCredentials?.(token, sandboxUrl);
}

/** A vendor without OAuth takes no token: the connection is refused before anything is sent. */
function onlyByKey({ connect, keyCredentials, sandboxUrl, sent }: ContractSubject): Promise<void> {
  const { api_key: _key, ...rest } = keyCredentials('sandbox-demo-key', sandboxUrl);
  const before = sent();
  expect(() => connect({ credentials: { ...rest, access_token: 'a-token' } })).toThrow(/lacks/);
  expect(sent()).toBe(before);
  return Promise.resolve();
}
