import { beforeEach, describe, expect, it } from '@jest/globals';
import { KeyRing } from './key-ring.js';
import { TestTokens } from './testing/test-tokens.js';
import { TokenVerifier } from './token-verifier.js';
import { VerifiedTokens } from './verified-tokens.js';

describe('tokens seen before', () => {
  let tokens: TestTokens;
  let clock: number;
  let known: VerifiedTokens;

  beforeEach(() => {
    tokens = new TestTokens();
    clock = Date.now();
    const ring = new KeyRing(tokens, { now: () => clock });
    known = new VerifiedTokens(new TokenVerifier(ring), ring, () => clock);
  });

  it('are found without another check until they expire, leeway included', async () => {
    const token = await tokens.forUser({ exp: Math.floor(clock / 1000) + 60 });
    expect(known.find(token)).toBeUndefined();
    const checked = await known.check(token);
    expect(known.find(token)).toBe(checked);
    clock += 85_000;
    expect(known.find(token)).toBe(checked);
    clock += 10_000;
    expect(known.find(token)).toBeUndefined();
  });

  it('leave when their key is withdrawn', async () => {
    const token = await tokens.forUser();
    await known.check(token);
    tokens.withdrawKey('test-1');
    clock += 301_000;
    known.find(token);
    await new Promise(setImmediate);
    expect(known.find(token)).toBeUndefined();
  });

  it('say who acts: a person with a session, or a key with scopes', async () => {
    const person = await known.check(await tokens.forUser({ role: 'viewer' }));
    expect(person.identity.actor).toMatchObject({ kind: 'user', sessionId: 'ses_1' });
    expect(person.identity.permissions).toMatchObject({ can_view_analytics: true, can_manage_helpers: false });
    const key = await known.check(await tokens.forKey(['execute_helpers', 'read_helpers']));
    expect(key.identity.actor).toMatchObject({
      kind: 'api_key',
      keyId: 'apikey:1',
      scopes: ['execute_helpers', 'read_helpers'],
    });
  });

  it('are refused when they stand for neither', async () => {
    await expect(known.check(await tokens.sign({}))).rejects.toMatchObject({ code: 'auth.invalid_token' });
  });
});
