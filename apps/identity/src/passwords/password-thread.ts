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

const isBcrypt = (stored: string): boolean => /^\$2[aby]\$/.test(stored);

function work(task: PasswordWork): string | boolean {
  if (task.kind === 'hash') return hashSync(task.password, PARAMETERS);
  return isBcrypt(task.stored) ? compareSync(task.password, task.stored) : verifySync(task.stored, task.password);
}

function answer(task: PasswordWork): PasswordAnswer {
  try {
    return { value: work(task) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (task: PasswordWork) => parentPort?.postMessage(answer(task), []));
