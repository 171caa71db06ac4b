import { JetStreamApiError, StorageType } from '@nats-io/jetstream';
import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/nats-core';
import { z } from 'zod';
import type { BucketStore, StoredBudget } from './bucket-store.js';
import type { BudgetState } from './budget-state.js';

const State = z.object({
  at: z.number(),
  counts: z.array(z.array(z.tuple([z.number(), z.number()]))),
  named: z.array(z.number()),
  pausedUntil: z.number(),
  parties: z.record(
    z.string(),
    z.object({
      turn: z.number(),
      waiting: z.number(),
      due: z.number(),
      until: z.number(),
      period: z.number(),
      calls: z.number(),
      earlier: z.number(),
      seen: z.number(),
    }),
  ),
  turn: z.number(),
});

const NOTHING_KNOWN: BudgetState = { at: 0, counts: [], named: [], pausedUntil: 0, parties: {}, turn: 0 };

const WRITE_TIMEOUT_MS = 1_000;

const WRONG_LAST_SEQUENCE: ReadonlySet<number> = new Set([10071, 10164]);

/** A scope that nobody used for this long is full again in every window, also in those of a day. */
const FORGET_AFTER_MS = 26 * 60 * 60 * 1000;

export interface NatsBucketStoreOptions {
  /** Name of the bucket; differs between installations and tests that share a broker. */
  bucket: string;
  replicas?: number;
}

/**
 * States of budgets in a NATS key-value bucket, kept in memory by the broker: losing them costs one burst, and vendors
 * say in their answers how much of a day was used.
 */
export class NatsBucketStore implements BucketStore {
  #bucket: Promise<KV> | undefined;

  constructor(
    private readonly connection: NatsConnection,
    private readonly options: NatsBucketStoreOptions,
  ) {}

  async read(key: string): Promise<StoredBudget | undefined> {
    const kv = await this.#open();
    const entry = await kv.get(keyOf(key));
    if (entry === null || entry.operation !== 'PUT') return undefined;
    // What another version of the product has left cannot be read, but must be replaced under its revision.
    const state = State.catch(NOTHING_KNOWN).parse(entry.json());
    return { state, revision: entry.revision };
  }

  async write(key: string, state: BudgetState, revision: number): Promise<number | undefined> {
    const kv = await this.#open();
    const payload = JSON.stringify(state);
    try {
      return await kv.put(keyOf(key), payload, { previousSeq: revision, timeout: WRITE_TIMEOUT_MS });
    } catch (error) {
      if (error instanceof JetStreamApiError && WRONG_LAST_SEQUENCE.has(error.code)) return undefined;
      throw error;
    }
  }

  /** Opened with the first use; a failed opening is tried again with the next. */
  #open(): Promise<KV> {
    this.#bucket ??= new Kvm(this.connection)
      .create(this.options.bucket, {
        storage: StorageType.Memory,
        history: 1,
        ttl: FORGET_AFTER_MS,
        replicas: this.options.replicas ?? 1,
      })
      .catch((error: unknown) => {
        this.#bucket = undefined;
        throw error;
      });
    return this.#bucket;
  }
}

/** Scope keys hold colons and more; a bucket's keys may not. */
function keyOf(scope: string): string {
  return Buffer.from(scope).toString('base64url');
}
