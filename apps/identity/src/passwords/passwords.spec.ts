import { expect, it } from '@jest/globals';
import { hashSync } from 'bcryptjs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { PasswordThreads } from './password-threads.js';
import { Passwords } from './passwords.js';

const passwords = new Passwords();

it('hashes with Argon2id, 19 MiB, two passes, one lane', async () => {
  const hash = await passwords.hash('Correct-Horse-7');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwords.matches(hash, 'Correct-Horse-7')).toBe(true);
  expect(await passwords.matches(hash, 'correct-horse-7')).toBe(false);
  expect(passwords.isOutdated(hash)).toBe(false);
});

it('does the same work for nobody, and never says yes', async () => {
  expect(await passwords.matches(undefined, 'No user has this password: 4e6f')).toBe(false);
});

it.each(['$2a$', '$2b$', '$2y$'])('knows bcrypt hashes (%s) of former times', async (kind) => {
  const stored = hashSync('Correct-Horse-7', 4).replace(/^\$2[aby]\$/, kind);
  expect(await passwords.matches(stored, 'Correct-Horse-7')).toBe(true);
  expect(await passwords.matches(stored, 'correct-horse-7')).toBe(false);
  expect(passwords.isOutdated(stored)).toBe(true);
});

it('takes weaker parameters for outdated', () => {
  expect(passwords.isOutdated('$argon2id$v=19$m=4096,t=3,p=1$c2FsdA$aGFzaA')).toBe(true);
});

it('refuses an unreadable hash as a fault, and goes on', async () => {
  await expect(passwords.matches('nonsense', 'x')).rejects.toThrow('could not be hashed');
  expect(await passwords.matches(undefined, 'x')).toBe(false);
});

it('leaves the event loop alone, bcrypt included', async () => {
  const bcrypt = hashSync('Correct-Horse-7', 10);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const many = Array.from({ length: 6 }, () => [passwords.hash('x'), passwords.matches(bcrypt, 'x')]);
  await Promise.all(many.flat());
  delay.disable();
  // One bcrypt check alone takes longer than this on the event loop.
  expect(delay.percentile(90) / 1e6).toBeLessThan(40);
});

it('refuses when too many wait, rather than let everybody wait', async () => {
  const threads = new PasswordThreads();
  const busy = new Passwords(threads);
  const checks = Promise.allSettled(Array.from({ length: 1_100 }, () => busy.matches(undefined, 'x')));
  await expect(busy.matches(undefined, 'x')).rejects.toMatchObject({ status: 503, code: 'generic.unavailable' });
  // Stopping lets nobody hang.
  await threads.onApplicationShutdown();
  expect(await checks).toHaveLength(1_100);
  await expect(busy.hash('x')).rejects.toMatchObject({ status: 503 });
});
