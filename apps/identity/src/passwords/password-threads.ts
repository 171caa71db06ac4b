import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { unavailable } from '#contracts';
import type { PasswordAnswer, PasswordWork } from './password-work.js';

/** One core is left for everything that is not hashing. */
const THREADS = Math.max(1, availableParallelism() - 1);
/** Who would wait longer than some tens of seconds is told to come again instead. */
const MOST_WAITING = 1_000;
/** Beside this file: a source in tests, compiled otherwise. */
const THREAD = new URL(`./password-thread${extname(import.meta.url)}`, import.meta.url);

interface Waiting {
  task: PasswordWork;
  resolve(value: string | boolean): void;
  reject(error: Error): void;
}

/**
 * Hashes passwords in a few threads of low priority. The event loop and the pool that signs tokens, reads files and
 * resolves names stay free however many people sign in at once, and the memory that hashing takes is bounded.
 */
@Injectable()
export class PasswordThreads implements OnApplicationShutdown {
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Waiting>();
  readonly #waiting: Waiting[] = [];
  #closed = false;

  /** @throws Problem 503 when too many wait already, or the process stops */
  async run(task: PasswordWork): Promise<string | boolean> {
    if (this.#closed || this.#waiting.length >= MOST_WAITING) throw unavailable('Signing in');
    return new Promise((resolve, reject) => {
      this.#waiting.push({ task, resolve, reject });
      this.#next();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.#closed = true;
    for (const turn of this.#waiting.splice(0)) turn.reject(unavailable('Signing in'));
    const threads = [...this.#idle.splice(0), ...this.#busy.keys()];
    await Promise.all(threads.map((thread) => thread.terminate()));
  }

  #next(): void {
    if (this.#waiting.length === 0) return;
    const thread = this.#idle.pop() ?? (this.#busy.size < THREADS ? this.#start() : undefined);
    const turn = thread && this.#waiting.shift();
    if (thread === undefined || turn === undefined) return;
    this.#busy.set(thread, turn);
    thread.ref();
    thread.postMessage(turn.task, []);
  }

  #start(): Worker {
    const thread = new Worker(THREAD);
    thread.on('message', (answer: PasswordAnswer) => this.#done(thread, answer));
    thread.on('error', (error: Error) => this.#lost(thread, error));
    thread.on('exit', () => this.#lost(thread, new Error('The hashing thread ended')));
    return thread;
  }

  #done(thread: Worker, answer: PasswordAnswer): void {
    const turn = this.#busy.get(thread);
    this.#busy.delete(thread);
    // An idle thread keeps no process alive.
    thread.unref();
    this.#idle.push(thread);
    if ('value' in answer) turn?.resolve(answer.value);
    else turn?.reject(new Error(`A password could not be hashed: ${answer.failure}`));
    this.#next();
  }

  /** A thread that died takes its one task with it; the next task starts another thread. */
  #lost(thread: Worker, error: Error): void {
    const turn = this.#busy.get(thread);
    this.#busy.delete(thread);
    const place = this.#idle.indexOf(thread);
    if (place >= 0) this.#idle.splice(place, 1);
    turn?.reject(error);
    this.#next();
  }
}
