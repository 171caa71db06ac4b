import { Global, Inject, Module } from '@nestjs/common';
import type {
  BeforeApplicationShutdown,
  DynamicModule,
  OnApplicationBootstrap,
  OnApplicationShutdown,
} from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { logger } from '#telemetry';
import { AccountEraser } from './account-eraser.js';
import { ErasureSteps } from './erasure-steps.js';
import { indexMode, PersistenceConfig } from './config.js';
import { Cursors } from './cursor.js';
import { Database } from './database.js';
import { ensureIndexes, indexFaults } from './indexes.js';
import { Lists } from './lists/lists.js';
import { MongoReadiness } from './mongo-readiness.js';
import { isUnreachable } from './mongo-errors.js';
import { Outbox } from './outbox.js';
import { OutboxRelay } from './outbox-relay.js';
import { PlanRoom } from './plan-room.js';
import { ResourceGuards } from './resource-guards.js';
import { UnitOfWork } from './unit-of-work.js';

const INDEX_RETRY_MS = 500;
/** How long a start waits for MongoDB before the service goes on (not ready) and keeps trying by itself. */
const START_PATIENCE_MS = 2_000;

/** An empty variable counts as absent. */
const presentOnly = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));

const PARTS = [
  AccountEraser,
  ErasureSteps,
  Lists,
  UnitOfWork,
  Outbox,
  OutboxRelay,
  PlanRoom,
  ResourceGuards,
  MongoReadiness,
];

/** Gives a service its database, transactions, outbox and cursors. Needs `MessagingModule` for the outbox. */
@Global()
@Module({})
export class PersistenceModule implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  readonly #stopping = new AbortController();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(MongoReadiness) private readonly readiness: MongoReadiness,
  ) {}

  /** @param service name of the service, such as `platforms-connections`; its database is `<prefix>platforms_connections` */
  static forService(service: string): DynamicModule {
    const database = {
      provide: Database,
      useFactory: (): Database => new Database(service, PersistenceConfig.parse(presentOnly(process.env))),
    };
    const cursors = {
      provide: Cursors,
      useFactory: (own: Database): Cursors => new Cursors(own.config.MFH_CURSOR_KEY),
      inject: [Database],
    };
    return {
      module: PersistenceModule,
      providers: [database, cursors, ...PARTS],
      exports: [Database, ...PARTS],
    };
  }

  /** @throws when a declared index is missing and may not be made here; the start then fails */
  async onApplicationBootstrap(): Promise<void> {
    const prepared = this.#prepare();
    await Promise.race([prepared, delay(START_PATIENCE_MS, undefined, { ref: false })]);
    // From here on a failure is shown by readiness; the start itself only fails if it came in time.
    prepared.catch((error: unknown) => logger.error({ err: error }, 'the database is not usable'));
  }

  beforeApplicationShutdown(): void {
    this.#stopping.abort();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }

  async #prepare(): Promise<void> {
    await this.database.connect();
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#applyIndexes();
        this.readiness.prepared();
        return;
      } catch (error) {
        if (!isUnreachable(error)) throw error;
        await delay(INDEX_RETRY_MS);
      }
    }
  }

  async #applyIndexes(): Promise<void> {
    if (indexMode(this.database.config) === 'create') await ensureIndexes(this.database);
    const faults = await indexFaults(this.database);
    if (faults.length > 0) throw new Error(`Database ${this.database.name}: ${faults.join('; ')}; run "mfh migrate"`);
  }
}
