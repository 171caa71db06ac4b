import { JetStreamApiError, StorageType } from '@nats-io/jetstream';
import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/nats-core';
import { z } from 'zod';
import type { BucketStore, StoredBuckets } from './bucket-store.js';
import type { BucketState } from './token-buckets.js';

const State = z.object({ tokens: z.array(z.number()), at: z.number(), pausedUntil: z.number() });

const WRITE_TIMEOUT_MS = 1_000;

const WRONG_LAST_SEQUENCE: ReadonlySet<number> = new Set([10071, 10164]);

/** A scope that nobody used for this long is full again in every window. */
const FORGET_AFTER_MS = 2 * 60 * 60 * 1000;

export interface NatsBucketStoreOptions {
  /** Name of the bucket; differs between installations and tests that share a broker. */
  bucket: string;
  replicas?: number;
}

/** Bucket states in a NATS key-value bucket, kept in memory by the broker: losing them costs one burst. */
export class NatsBucketStore implements BucketStore {
  #bucket: Promise<KV> | undefined;

  constructor(
    private readonly connection: NatsConnection,
    private readonly options: NatsBucketStoreOptions,
  ) {}

  async read(key: string): Promise<StoredBuckets | undefined> {
    const kv = await this.#open();
    const entry = await kv.get(keyOf(key));
    if (entry === null || entry.operation !== 'PUT') return undefined;
    const state = State.safeParse(entry.json());
    return state.success ? { state: state.data, revision: entry.revision } : undefined;
  }

  async write(key: string, state: BucketState, revision: number): Promise<number | undefined> {
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
