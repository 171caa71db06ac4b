import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { AsyncLocalStorage } from 'node:async_hooks';
import { EventPublisher } from '#messaging';
import { logger } from '#telemetry';
import type { Collection } from './collection.js';
import { Database } from './database.js';
import { outboxEntries } from './outbox-entry.js';
import type { OutboxEntry } from './outbox-entry.js';

/** How often entries of a process that died are looked for, in milliseconds. */
const ROUND_MS = 1_000;
const BATCH = 100;

/**
 * Publishes committed events in the order of their ids and removes them once the broker has stored them: at least
 * once. Two replicas may publish the same entry; the broker drops the second by its message id, which is cheaper than
 * electing a leader, and since each replica goes through the entries in order, neither overtakes an earlier one.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #entries: Collection<OutboxEntry>;
  /** A round serves many callers, so it belongs to the trace and the transaction of none. */
  readonly #outside = AsyncLocalStorage.snapshot();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  #again = false;
  #failing = false;

  constructor(
    database: Database,
    private readonly publisher: EventPublisher,
  ) {
    this.#entries = database.collection(outboxEntries);
  }

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => this.wake(), ROUND_MS);
    this.#timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#round;
  }

  /** Starts a round now, or another one right after the round under way. */
  wake(): void {
    if (this.#round) {
      this.#again = true;
      return;
    }
    this.#again = false;
    this.#round = this.#outside(() => this.#publishWaiting()).then(() => {
      this.#round = undefined;
      if (this.#again) this.wake();
    });
  }

  /** Never rejects: a failed round is reported once and tried again by the next. */
  async #publishWaiting(): Promise<void> {
    try {
      let batch: OutboxEntry[];
      do {
        batch = await this.#entries.find({}, { sort: { _id: 1 }, limit: BATCH });
        for (const entry of batch) {
          await this.publisher.publishWrapped(entry.subject, entry.event);
          await this.#entries.deleteOne({ _id: entry._id });
        }
      } while (batch.length === BATCH);
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) logger.warn({ err: error }, 'events wait in the outbox');
      this.#failing = true;
    }
  }
}
