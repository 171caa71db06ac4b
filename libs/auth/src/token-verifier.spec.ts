import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { KeyRing } from './key-ring.js';
import { TestTokens } from './testing/test-tokens.js';
import { TokenVerifier } from './token-verifier.js';

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = (): number => Math.floor(Date.now() / 1000);

describe('checking an access token', () => {
  const tokens = new TestTokens();
  let clock = 0;
  let ring: KeyRing;
  let verifier: TokenVerifier;
  const refused = { status: 401, code: 'auth.invalid_token', message: 'Authentication required' };

  beforeEach(() => {
    clock = 1_000_000;
    tokens.failure = undefined;
    tokens.asked.keys = 0;
    ring = new KeyRing(tokens, { now: () => clock });
    verifier = new TokenVerifier(ring);
  });

  it('accepts a good token and tells its claims and key', async () => {
    const { claims, kid } = await verifier.verify(await tokens.forUser({ role: 'member' }));
    expect(claims).toMatchObject({ role: 'member', sid: 'ses_1', iss: 'mfh', aud: 'mfh' });
    expect(kid).toBe('test-1');
  });

  it('refuses a token whose claims or signature were changed', async () => {
    const [header = '', payload = '', signature = ''] = (await tokens.forUser()).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const promoted = base64url({ ...claims, acc: 'account:other' });
    await expect(verifier.verify(`${header}.${promoted}.${signature}`)).rejects.toMatchObject(refused);
    const flipped = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
    await expect(verifier.verify(`${header}.${payload}.${flipped}`)).rejects.toMatchObject(refused);
  });

  it('refuses unsigned tokens and tokens signed with the public key as a shared secret', async () => {
    const [, payload = ''] = (await tokens.forUser()).split('.');
    const none = `${base64url({ alg: 'none', kid: 'test-1' })}.${payload}.`;
    await expect(verifier.verify(none)).rejects.toMatchObject(refused);
    const pem = (await ring.pemFor('test-1')) ?? '';
    const head = base64url({ alg: 'HS256', kid: 'test-1', typ: 'JWT' });
    const mac = createHmac('sha256', pem).update(`${head}.${payload}`).digest('base64url');
    await expect(verifier.verify(`${head}.${payload}.${mac}`)).rejects.toMatchObject(refused);
  });

  it('refuses another issuer or audience', async () => {
    await expect(verifier.verify(await tokens.sign({ iss: 'other' }))).rejects.toMatchObject(refused);
    await expect(verifier.verify(await tokens.sign({ aud: 'other' }))).rejects.toMatchObject(refused);
  });

  it('refuses expired and future tokens, with 30 s of leeway', async () => {
    await expect(verifier.verify(await tokens.sign({ exp: seconds() - 60 }))).rejects.toMatchObject(refused);
    await expect(verifier.verify(await tokens.sign({ nbf: seconds() + 60 }))).rejects.toMatchObject(refused);
    await expect(verifier.verify(await tokens.forUser({ exp: seconds() - 10 }))).resolves.toBeDefined();
  });

  it('refuses tokens that lack a claim or name no key', async () => {
    await expect(verifier.verify(await tokens.sign({ acc: undefined, sid: 's' }))).rejects.toMatchObject(refused);
    await expect(verifier.verify(await tokens.sign({ role: 'god' }))).rejects.toMatchObject(refused);
    const nameless = await tokens.sign({}, { alg: 'RS256', kid: undefined });
    await expect(verifier.verify(nameless)).rejects.toMatchObject(refused);
    await expect(verifier.verify('nonsense')).rejects.toMatchObject(refused);
    await expect(verifier.verify('a.b.c')).rejects.toMatchObject(refused);
  });

  it('asks for the keys once for many tokens, and again for an unknown key after 30 s at the earliest', async () => {
    const stranger = await tokens.sign({}, { alg: 'RS256', kid: 'unknown' });
    await Promise.all([verifier.verify(await tokens.forUser()), verifier.verify(await tokens.forUser())]);
    expect(tokens.asked.keys).toBe(1);
    await expect(verifier.verify(stranger)).rejects.toMatchObject(refused);
    expect(tokens.asked.keys).toBe(1);
    clock += 31_000;
    await expect(verifier.verify(stranger)).rejects.toMatchObject(refused);
    await expect(verifier.verify(stranger)).rejects.toMatchObject(refused);
    expect(tokens.asked.keys).toBe(2);
  });

  it('takes over a new key without a restart', async () => {
    await verifier.verify(await tokens.forUser());
    tokens.addKey('test-2');
    clock += 31_000;
    expect((await verifier.verify(await tokens.forUser())).kid).toBe('test-2');
    tokens.withdrawKey('test-2');
  });

  it('answers 503, not 401, while the keys cannot be had', async () => {
    tokens.failure = new Error('away');
    await expect(verifier.verify(await tokens.forUser())).rejects.toMatchObject({ status: 503 });
    tokens.failure = undefined;
    await expect(verifier.verify(await tokens.forUser())).resolves.toBeDefined();
  });
});
