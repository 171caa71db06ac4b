import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { Sealer } from '#sealing';
import { helperCrypto, strongRandom } from './helper-crypto.js';

const sealer = new Sealer([{ id: 'k1', key: randomBytes(32) }]);

test('what is sealed shows nothing and opens for its account only', async () => {
  const mine = helperCrypto(sealer, 'account:mine');
  const sealed = await mine.seal('a password');
  expect(sealed).not.toContain('password');
  expect(await mine.unseal(sealed)).toBe('a password');
  await expect(helperCrypto(sealer, 'account:other').unseal(sealed)).rejects.toThrow('cannot be opened');
});

test('random numbers lie between 0 and 1, and differ', () => {
  const numbers = Array.from({ length: 1000 }, strongRandom);
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(new Set(numbers).size).toBe(1000);
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.1);
});
