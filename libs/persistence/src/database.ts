import { createConnection } from 'mongoose';
import type { ClientSession, Connection } from 'mongoose';
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { unavailable } from '#contracts';
import { logger } from '#telemetry';
import { Collection } from './collection.js';
import type { PersistenceConfig } from './config.js';
import { databaseName } from './config.js';
import { databaseCall } from './database-call.js';
import type { CollectionDefinition, StoredDocument } from './define-collection.js';

const SELECTION_TIMEOUT_MS = 1_500;
/** How soon a primary that no longer answers is noticed (and its connections are closed). */
const HEARTBEAT_MS = 3_000;
const RECONNECT_PAUSE_MS = 500;

/**
 * The database of one service: its own connection pool, its collections, and the transaction of the current call.
 * It connects in the background and keeps trying, so a service starts (not ready) while MongoDB is away.
 */
export class Database {
  readonly name: string;
  readonly #connection: Connection;
  readonly #collections = new Map<string, Collection<StoredDocument>>();
  readonly #sessions = new AsyncLocalStorage<ClientSession | undefined>();
  readonly #stopping = new AbortController();
  #connected: Promise<void> | undefined;

  constructor(
    readonly service: string,
    readonly config: PersistenceConfig,
  ) {
    this.name = databaseName(config.MFH_DATABASE_PREFIX, service);
    this.#connection = createConnection();
    this.#connection.set('bufferCommands', false);
  }

  /** Starts connecting; resolves at the first success, however long that takes (or when the service stops). */
  connect(): Promise<void> {
    this.#connected ??= this.#keepConnecting();
    return this.#connected;
  }

  /** The declared collection; the same object for the same declaration. */
  collection<T extends StoredDocument>(definition: CollectionDefinition<T>): Collection<T> {
    let collection = this.#collections.get(definition.name);
    if (!collection) {
      const model = this.#connection.model(definition.name, definition.schema);
      collection = new Collection(model, definition as CollectionDefinition, () => this.session());
      this.#collections.set(definition.name, collection);
    }
    return collection as unknown as Collection<T>;
  }

  collections(): Collection<StoredDocument>[] {
    return [...this.#collections.values()];
  }

  /** The session of the transaction this call runs in, if any. */
  session(): ClientSession | undefined {
    return this.#sessions.getStore();
  }

  /** Runs `work` so that every collection call in it belongs to `session` (or to none). */
  within<T>(session: ClientSession | undefined, work: () => Promise<T>): Promise<T> {
    return this.#sessions.run(session, work);
  }

  startSession(): Promise<ClientSession> {
    if (this.#connection.readyState !== 1) throw unavailable('The database');
    return this.#connection.startSession({ causalConsistency: false });
  }

  /** One round trip to the primary; rejects with a 503 problem when it does not answer. */
  async ping(): Promise<void> {
    await databaseCall(async () => {
      if (!this.#connection.db) throw unavailable('The database');
      await this.#connection.db.admin().command({ hello: 1 });
    });
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#connection.close();
  }

  async #keepConnecting(): Promise<void> {
    const { config } = this;
    let reported = false;
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#connection.openUri(config.MFH_MONGO_URL, {
          dbName: this.name,
          appName: `mfh-${this.service}`,
          autoIndex: false,
          autoCreate: false,
          bufferCommands: false,
          maxPoolSize: config.MFH_MONGO_POOL,
          minPoolSize: 1,
          retryReads: true,
          retryWrites: true,
          writeConcern: { w: 'majority' },
          readPreference: 'primary',
          serverSelectionTimeoutMS: SELECTION_TIMEOUT_MS,
          connectTimeoutMS: SELECTION_TIMEOUT_MS,
          waitQueueTimeoutMS: SELECTION_TIMEOUT_MS,
          heartbeatFrequencyMS: HEARTBEAT_MS,
        });
        return;
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        if (!reported) logger.warn({ err: error, database: this.name }, 'MongoDB is not reachable yet, trying on');
        reported = true;
        await delay(RECONNECT_PAUSE_MS, undefined, { signal: this.#stopping.signal }).catch((error: unknown) => {
          if (!this.#stopping.signal.aborted) throw error;
        });
      }
    }
  }
}
