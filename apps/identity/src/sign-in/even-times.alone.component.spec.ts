import { environment, newEmail, startBeside, startIdentity } from '../testing/identity-under-test.js';
import type { Client } from '../testing/identity-under-test.js';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { hashSync } from 'bcryptjs';
import { service as accounts } from '../../../accounts/src/service.js';
import { Clock } from '../clock.js';
import { FormerPasswords } from '../passwords/former-passwords.js';
import { Users } from '../persistence/users.repository.js';
import { shareOfLonger, withinNoise } from '../testing/distinguishable.js';

const PEOPLE = 12;
/** As many wrong passwords as one address has, so that no limit answers in the place of the check. */
const TRIES = 5;

let identity: Client;
let beside: Client;
let known: string[];
let unknown: string[];
let places = 0;

beforeAll(async () => {
  process.env['AUTH_REGISTER_PER_NETWORK'] = '100/1h';
  process.env['AUTH_MAIL_INTERVAL'] = '1000/1s';
  process.env['AUTH_MAIL_PER_EMAIL'] = '1000/1h';
  identity = await startIdentity();
  beside = await startBeside(accounts);
  known = Array.from({ length: PEOPLE }, newEmail);
  unknown = Array.from({ length: PEOPLE }, newEmail);
  for (const email of known) await identity.newcomer(email, { ip: place() });
});
afterAll(async () => {
  await beside.running.stop();
  await identity.running.stop();
  await environment.dispose();
});

const place = () => `203.0.113.${(places += 1) % 250}`;

async function timed(path: string, body: object, status: number): Promise<number> {
  const begun = performance.now();
  const answer = await identity.post(path, body, { ip: place() });
  const took = performance.now() - begun;
  expect(answer.status).toBe(status);
  return took;
}

/** Measures both kinds in turn, so that whatever slows the machine down meets both. */
async function compare(
  rounds: number,
  kinds: readonly [string[], string[]],
  measure: (email: string) => Promise<number>,
): Promise<number> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    for (let person = 0; person < PEOPLE; person += 1) {
      const pair = kinds.map((emails) => emails[person] ?? '');
      const order = (round + person) % 2 === 0 ? [0, 1] : [1, 0];
      for (const kind of order) times[kind as 0 | 1].push(await measure(pair[kind] ?? ''));
    }
  }
  return shareOfLonger(...times);
}

const refusedSignIn = (email: string) => timed('/auth/login', { email, password: 'Wrong-Horse-7' }, 401);

it('a refused sign-in does not tell by its time whether somebody has the address', async () => {
  const share = await compare(TRIES, [known, unknown], refusedSignIn);
  expect(Math.abs(share - 0.5)).toBeLessThan(withinNoise(PEOPLE * TRIES));
}, 60_000);

it('nor does the answer to a forgotten password', async () => {
  const share = await compare(2, [known, unknown], (email) => timed('/auth/forgot-password', { email }, 200));
  expect(Math.abs(share - 0.5)).toBeLessThan(withinNoise(PEOPLE * 2));
}, 60_000);

it('nor whose password is still stored as in former times', async () => {
  const users = identity.running.app.get(Users);
  const former = Array.from({ length: PEOPLE }, newEmail);
  // Costs differ among them too, and none of them takes as long as a hash of today.
  for (const [person, email] of former.entries()) {
    const { user } = await identity.newcomer(email, { ip: place() });
    await users.change(user.user_id, { password_hash: hashSync('Correct-Horse-7', person % 2 === 0 ? 5 : 7) });
  }
  const { app } = identity.running;
  const later = Date.now() + 61_000;
  app.get(Clock).now = () => new Date(later);
  expect(await app.get(FormerPasswords).cost()).toBe(7);
  const others = Array.from({ length: PEOPLE }, newEmail);
  for (const [person, email] of others.entries()) if (person % 2 === 0) await identity.newcomer(email, { ip: place() });
  const share = await compare(TRIES, [former, others], refusedSignIn);
  expect(Math.abs(share - 0.5)).toBeLessThan(withinNoise(PEOPLE * TRIES));
}, 60_000);
