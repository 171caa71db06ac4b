import { expect, it } from '@jest/globals';
import { Passwords } from './passwords.js';

const passwords = new Passwords();

it('hashes with Argon2id, 19 MiB, two passes, one lane', async () => {
  const hash = await passwords.hash('Correct-Horse-7');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwords.matches(hash, 'Correct-Horse-7')).toBe(true);
  expect(await passwords.matches(hash, 'correct-horse-7')).toBe(false);
});

it('does the same work for nobody, and never says yes', async () => {
  expect(await passwords.matches(undefined, 'No user has this password: 4e6f')).toBe(false);
});
