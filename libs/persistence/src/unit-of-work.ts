import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { setTimeout as delay } from 'node:timers/promises';
import { logger } from '#telemetry';
import { Database } from './database.js';
import { databaseCall } from './database-call.js';
import { hasErrorLabel, isUnreachable, translateMongoError } from './mongo-errors.js';
import { Turns } from './turns.js';

/** How long conflicts with other transactions are retried, in milliseconds. */
const CONFLICT_BUDGET_MS = 5_000;
/** How long an unreachable database is retried: the caller must have its 503 within two seconds. */
const UNREACHABLE_BUDGET_MS = 400;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 250;

export interface UnitOfWorkOptions {
  /**
   * Work with the same key in this process waits for its turn instead of colliding in the database. It only saves
   * retries: exactness between processes comes from the documents that the transaction writes.
   */
  turn?: string;
  /**
   * `primary` answers before a majority has the commit: for counts that heal by themselves, where the wait would be
   * felt on every request. A failover may take such a commit back (whole).
   */
  durability?: 'majority' | 'primary';
}

type AfterCommit = () => void;
type Work<T> = (session: ClientSession) => Promise<T>;
type WriteConcern = 1 | 'majority';

/**
 * Runs work in one transaction (snapshot reads, majority commit). The transaction travels in the asynchronous context:
 * every repository call inside belongs to it, and a nested `run` joins it. The work may run more than once, so it must
 * have no effects outside the database.
 */
@Injectable()
export class UnitOfWork {
  readonly #database: Database;
  readonly #turns = new Turns();
  readonly #afterCommit = new WeakMap<ClientSession, AfterCommit[]>();

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * @returns what `work` returns, once committed by a majority
   * @throws what `work` throws (rolled back); a 503 problem when the database is away; the conflict after 5 s of retries
   */
  run<T>(work: Work<T>, options: UnitOfWorkOptions = {}): Promise<T> {
    const current = this.#database.session();
    if (current) return work(current);
    const w = options.durability === 'primary' ? 1 : 'majority';
    const attempts = (): Promise<T> => this.#attempts(work, w);
    return options.turn === undefined ? attempts() : this.#turns.take(options.turn, attempts);
  }

  /** Calls `action` once the transaction of `session` is committed; never when it is rolled back. */
  afterCommit(session: ClientSession, action: AfterCommit): void {
    this.#afterCommit.get(session)?.push(action);
  }

  async #attempts<T>(work: Work<T>, w: WriteConcern): Promise<T> {
    const started = Date.now();
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#once(work, w);
      } catch (error) {
        const budget = isUnreachable(error) ? UNREACHABLE_BUDGET_MS : CONFLICT_BUDGET_MS;
        const retry = hasErrorLabel(error, 'TransientTransactionError') && Date.now() - started < budget;
        if (!retry) throw translateMongoError(error);
        const pause = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
        await delay(pause * (0.5 + Math.random()));
      }
    }
  }

  async #once<T>(work: Work<T>, w: WriteConcern): Promise<T> {
    const session = await this.#database.startSession();
    const actions: AfterCommit[] = [];
    this.#afterCommit.set(session, actions);
    try {
      session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w } });
      const result = await this.#database.within(session, () => work(session));
      await commit(session);
      for (const action of actions) action();
      return result;
    } finally {
      // Ends (and aborts, if still open) in the background: the outcome is already decided, and with the database
      // away the abort would only make the caller wait; the server then drops the transaction by itself.
      session.endSession().catch((error: unknown) => logger.debug({ err: error }, 'a session was not ended cleanly'));
    }
  }
}

/** Commits again while the driver cannot say whether the commit arrived; repeating a commit is harmless. */
async function commit(session: ClientSession): Promise<void> {
  const started = Date.now();
  for (;;) {
    try {
      await databaseCall(() => session.commitTransaction());
      return;
    } catch (error) {
      const unknown = hasErrorLabel(error, 'UnknownTransactionCommitResult');
      if (!unknown || Date.now() - started >= UNREACHABLE_BUDGET_MS) throw error;
      await delay(FIRST_PAUSE_MS);
    }
  }
}
