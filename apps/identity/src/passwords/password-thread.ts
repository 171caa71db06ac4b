/**
 * Runs in a thread of its own and hashes one password at a time. It imports nothing of the product, so that the thread
 * starts at once.
 */
import { hashSync, verifySync } from '@node-rs/argon2';
import { compareSync } from 'bcryptjs';
import { readlinkSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { basename } from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { PasswordAnswer, PasswordWork } from './password-work.js';

/** Linux gives threads a priority each; behind this one requests come first where cores are scarce. */
const LOW_PRIORITY = 10;
if (process.platform === 'linux') {
  const thread = Number(basename(readlinkSync('/proc/thread-self')));
  // Not everybody may raise a priority again that the whole process was given.
  if (getPriority(thread) < LOW_PRIORITY) setPriority(thread, LOW_PRIORITY);
}

const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Of a password that nobody knows. */
const NOBODYS_ARGON =
  '$argon2id$v=19$m=19456,t=2,p=1$D+TrXy4hEuvdw5FJ0FhVKw$KomawxPFuPOaNKnQRXiNGgCxfCBZc2CBEsGkWMx59Kw';
const nobodysBcrypt = (cost: number): string =>
  `$2b$${String(cost).padStart(2, '0')}$hA2ghAF3qzuH3ZkOFqBSh.K1f4JJ0oKTyY4vBXZjBTvLQ3gb1CYV2`;

/** The cost of a bcrypt hash; undefined for one of today. */
function bcryptCost(stored: string): number | undefined {
  const cost = /^\$2[aby]\$(\d\d)\$/.exec(stored)?.[1];
  return cost === undefined ? undefined : Number(cost);
}

/** Whose hash is of former times must not be told by the time of a refusal, so both kinds are worked on for everybody. */
function verify(password: string, stored: string, formerCost: number | undefined): boolean {
  const cost = bcryptCost(stored);
  if (cost === undefined) {
    const right = verifySync(stored, password);
    if (formerCost !== undefined) compareSync(password, nobodysBcrypt(formerCost));
    return right;
  }
  const right = compareSync(password, stored);
  verifySync(NOBODYS_ARGON, password);
  // Each step of cost doubles the work: these add up to what the dearest hash takes.
  for (let more = cost; more < (formerCost ?? cost); more += 1) compareSync(password, nobodysBcrypt(more));
  return right;
}

function work(task: PasswordWork): string | boolean {
  if (task.kind === 'hash') return hashSync(task.password, PARAMETERS);
  return verify(task.password, task.stored, task.formerCost);
}

function answer(task: PasswordWork): PasswordAnswer {
  try {
    return { value: work(task) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (task: PasswordWork) => parentPort?.postMessage(answer(task), []));
