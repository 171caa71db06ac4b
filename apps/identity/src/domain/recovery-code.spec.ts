import { expect, it } from '@jest/globals';
import { newRecoveryCodes, recoveryCodeHash, typedRecoveryCode } from './recovery-code.js';

it('ten different codes, which read back however they are typed', () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) {
    expect(code).toMatch(/^[2-9a-z]{5}-[2-9a-z]{5}$/);
    expect(typedRecoveryCode(` ${code.toUpperCase().replace('-', ' ')} `)).toBe(code);
  }
});

it.each(['', '123456', 'abcde', 'abcde-fghj', 'abcde-fghjk-mnpqr', 'abcde-fghj1', 'ábcde-fghjk'])(
  '%p is none',
  (text) => {
    expect(typedRecoveryCode(text)).toBeUndefined();
  },
);

it('the same code of two people, or under two keys, leaves nothing in common', () => {
  const hashes = [
    recoveryCodeHash(Buffer.alloc(32, 1), 'user:1', 'abcde-fghjk'),
    recoveryCodeHash(Buffer.alloc(32, 1), 'user:2', 'abcde-fghjk'),
    recoveryCodeHash(Buffer.alloc(32, 2), 'user:1', 'abcde-fghjk'),
  ];
  expect(new Set(hashes).size).toBe(3);
});
