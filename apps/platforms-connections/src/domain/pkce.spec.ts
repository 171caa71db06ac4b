import { expect, it } from '@jest/globals';
import { codeChallengeOf, newCodeVerifier } from './pkce.js';

it('makes the challenge of RFC 7636 appendix B', () => {
  expect(codeChallengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  );
});

it('makes verifiers of the allowed length and alphabet, no two alike', () => {
  const verifiers = Array.from({ length: 100 }, newCodeVerifier);
  for (const verifier of verifiers) expect(verifier).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(new Set(verifiers).size).toBe(100);
});
