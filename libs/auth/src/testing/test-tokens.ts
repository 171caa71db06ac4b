import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { AUDIENCE, ISSUER, type AccessTokenClaims } from '../access-token-claims.js';
import type { KeySource, PublicKey, Revocations, RevocationSource } from '../sources.js';

interface KeyPair {
  kid: string;
  privateKey: KeyObject;
  published: PublicKey;
}

function newKeyPair(kid: string): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  return { kid, privateKey, published: { kid, kty: 'RSA', alg: 'RS256', use: 'sig', n, e } };
}

/**
 * Stands in for identity in tests: makes tokens with its own keys, and answers for keys and revocations. Give it to
 * `AuthModule.forService({ keySource: tokens, revocationSource: tokens })`.
 */
export class TestTokens implements KeySource, RevocationSource {
  private pairs: KeyPair[] = [newKeyPair('test-1')];
  private revoked: Omit<Revocations, 'now'> = { sessions: [], users: [], api_keys: [], grants: [] };
  /** How often keys and revocations were asked for. */
  readonly asked = { keys: 0, revocations: 0 };
  /** While set, both sources fail with it. */
  failure: Error | undefined;

  /** A token of a person; an owner with session `ses_1` unless said. */
  async forUser(claims: Partial<AccessTokenClaims> = {}): Promise<string> {
    return this.sign({ sid: 'ses_1', ...claims });
  }

  /** A token that stands for an API key with these scopes. */
  async forKey(scopes: readonly string[], claims: Partial<AccessTokenClaims> = {}): Promise<string> {
    return this.sign({ key: 'apikey:1', scope: scopes.join(' '), ...claims });
  }

  /** A token of a linked app. */
  async forApp(scopes: readonly string[], claims: Partial<AccessTokenClaims> = {}): Promise<string> {
    return this.sign({ grant: 'grant_1', client_id: 'speaker', scope: scopes.join(' '), ...claims });
  }

  /** Signs any claims, right or wrong, over usable defaults. */
  async sign(claims: Record<string, unknown>, header: Record<string, unknown> = {}): Promise<string> {
    const pair = this.pairs.at(-1);
    if (pair === undefined) throw new Error('There is no key');
    const now = Math.floor(Date.now() / 1000);
    const sub = typeof claims['sub'] === 'string' ? claims['sub'] : '00000000-0000-7000-8000-000000000001';
    return new SignJWT({
      sub,
      user_id: `user:${sub}`,
      acc: 'account:00000000-0000-7000-8000-00000000000a',
      ver: 1,
      role: 'owner',
      amr: ['pwd'],
      iss: ISSUER,
      aud: AUDIENCE,
      iat: now,
      exp: now + 3600,
      jti: randomUUID(),
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', kid: pair.kid, ...header })
      .sign(pair.privateKey);
  }

  /** Adds a signing key; tokens made from now on carry it. */
  addKey(kid: string): void {
    this.pairs = [...this.pairs, newKeyPair(kid)];
  }

  /** Withdraws a key: it is published no longer. */
  withdrawKey(kid: string): void {
    this.pairs = this.pairs.filter((pair) => pair.kid !== kid);
  }

  revokeSession(sid: string): void {
    this.revoked = { ...this.revoked, sessions: [...this.revoked.sessions, { sid }] };
  }

  /** Voids the user's tokens below this version. */
  raiseVersion(userId: string, ver: number): void {
    this.revoked = { ...this.revoked, users: [...this.revoked.users, { user_id: userId, ver }] };
  }

  revokeKey(keyId: string): void {
    this.revoked = { ...this.revoked, api_keys: [...this.revoked.api_keys, { key_id: keyId }] };
  }

  revokeGrant(grantId: string): void {
    this.revoked = { ...this.revoked, grants: [...this.revoked.grants, { grant_id: grantId }] };
  }

  async keys(): Promise<PublicKey[]> {
    this.asked.keys += 1;
    if (this.failure) throw this.failure;
    return this.pairs.map(({ published }) => published);
  }

  async revocations(_since: string | undefined): Promise<Revocations> {
    this.asked.revocations += 1;
    if (this.failure) throw this.failure;
    return { now: new Date().toISOString(), ...this.revoked };
  }
}
