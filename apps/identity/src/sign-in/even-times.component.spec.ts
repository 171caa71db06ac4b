import { environment, newEmail, startBeside, startIdentity } from '../testing/identity-under-test.js';
import type { Client } from '../testing/identity-under-test.js';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { service as accounts } from '../../../accounts/src/service.js';
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
async function compare(rounds: number, measure: (email: string) => Promise<number>): Promise<number> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    for (let person = 0; person < PEOPLE; person += 1) {
      const pair = [known[person] ?? '', unknown[person] ?? ''];
      const order = (round + person) % 2 === 0 ? [0, 1] : [1, 0];
      for (const kind of order) times[kind as 0 | 1].push(await measure(pair[kind] ?? ''));
    }
  }
  return shareOfLonger(...times);
}

it('a refused sign-in does not tell by its time whether somebody has the address', async () => {
  const share = await compare(TRIES, (email) => timed('/auth/login', { email, password: 'Wrong-Horse-7' }, 401));
  expect(Math.abs(share - 0.5)).toBeLessThan(withinNoise(PEOPLE * TRIES));
}, 60_000);

it('nor does the answer to a forgotten password', async () => {
  const share = await compare(2, (email) => timed('/auth/forgot-password', { email }, 200));
  expect(Math.abs(share - 0.5)).toBeLessThan(withinNoise(PEOPLE * 2));
}, 60_000);
