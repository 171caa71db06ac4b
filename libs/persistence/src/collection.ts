import type { ClientSession, Model, mongo, PipelineStage, ProjectionType, QueryFilter, UpdateQuery } from 'mongoose';
import type { CollectionDefinition, StoredDocument } from './define-collection.js';
import { insertUnordered } from './insert-unordered.js';
import type { InsertOutcome } from './insert-unordered.js';
import { CALL_TIMEOUT_MS, databaseCall } from './database-call.js';

export type Filter<T> = QueryFilter<T>;
export type Change<T> = UpdateQuery<T>;
export type BulkWrite<T extends StoredDocument> = mongo.AnyBulkWriteOperation<T>;
export type Sort<T> = Partial<Record<Extract<keyof T, string>, 1 | -1>>;

export interface ReadOptions<T> {
  sort?: Sort<T>;
  limit?: number;
  skip?: number;
  fields?: readonly Extract<keyof T, string>[];
  /** Text that shows up in the profiler beside the call. */
  comment?: string;
}

export interface WriteOptions {
  /**
   * `primary` answers before a majority has the write: for what heals by itself. A failover may take it back. Inside a
   * transaction the transaction's own durability holds.
   */
  durability?: 'majority' | 'primary';
}

export interface WriteResult {
  matched: number;
  modified: number;
  upserted: number;
}

/**
 * Plain access to one collection, whatever the account. Services do not see it: they use a repository, which adds the
 * account, or the handle that `system(reason)` gives. Calls join the transaction of the current call; reads are lean.
 */
export class Collection<T extends StoredDocument> {
  readonly #model: Model<T>;
  readonly #session: () => ClientSession | undefined;

  constructor(
    model: unknown,
    readonly definition: CollectionDefinition,
    session: () => ClientSession | undefined,
    private readonly patienceMs = CALL_TIMEOUT_MS,
  ) {
    this.#model = model as Model<T>;
    this.#session = session;
  }

  /** The same collection for work that may take longer than a request. */
  withPatience(patienceMs: number): Collection<T> {
    return new Collection<T>(this.#model, this.definition, this.#session, patienceMs);
  }

  get name(): string {
    return this.definition.name;
  }

  findOne(filter: Filter<T>, options: ReadOptions<T> = {}): Promise<T | null> {
    return this.#call(async () => {
      const query = this.#model.findOne(filter, projection<T>(options), this.#options(options));
      return (await query.lean().exec()) as T | null;
    });
  }

  find(filter: Filter<T>, options: ReadOptions<T> = {}): Promise<T[]> {
    return this.#call(async () => {
      const query = this.#model.find(filter, projection<T>(options), this.#options(options));
      return (await query.lean().exec()) as T[];
    });
  }

  /** Reads in batches, for jobs that walk a whole collection. */
  async *walk(filter: Filter<T>, options: ReadOptions<T> = {}): AsyncGenerator<T> {
    const query = this.#model.find(filter, projection<T>(options), this.#options(options));
    for await (const document of query.lean().cursor({ batchSize: 200 })) yield document as T;
  }

  count(filter: Filter<T>): Promise<number> {
    return this.#call(() => this.#model.countDocuments(filter, this.#options()).exec());
  }

  aggregate<Row>(pipeline: PipelineStage[]): Promise<Row[]> {
    return this.#call(() => this.#model.aggregate<Row>(pipeline, this.#options()).exec());
  }

  /** Inserts one document after checking it against the declared fields. */
  insertOne(document: T): Promise<T> {
    return this.#call(async () => {
      const [created] = await this.#model.create([document as never], this.#options());
      return (created as unknown as { toObject(): T }).toObject();
    });
  }

  /**
   * Inserts many in one command, unchecked: for hot paths whose documents are built in one typed place.
   * Unordered: the positions of refused documents are answered, the others are stored.
   */
  insertMany(documents: readonly T[], { durability = 'majority' }: WriteOptions = {}): Promise<InsertOutcome> {
    const concern = durability === 'primary' && !this.#session() ? { writeConcern: { w: 1 } } : {};
    return this.#call(() => insertUnordered(this.#model, documents, { ...this.#options(), ...concern }));
  }

  updateOne(filter: Filter<T>, change: Change<T>, options: { upsert?: boolean } = {}): Promise<WriteResult> {
    return this.#call(async () =>
      summary(await this.#model.updateOne(filter, change, { ...this.#options(), ...options }).exec()),
    );
  }

  updateMany(filter: Filter<T>, change: Change<T>): Promise<WriteResult> {
    return this.#call(async () => summary(await this.#model.updateMany(filter, change, this.#options()).exec()));
  }

  /** Changes one document and answers it as it is afterwards (`before: true`: as it was). */
  findOneAndUpdate(
    filter: Filter<T>,
    change: Change<T>,
    options: { upsert?: boolean; before?: boolean; sort?: Sort<T> } = {},
  ): Promise<T | null> {
    const { before = false, ...rest } = options;
    return this.#call(async () => {
      const settings = { ...this.#options(), ...rest, returnDocument: before ? 'before' : 'after' } as const;
      return (await this.#model.findOneAndUpdate(filter, change, settings).lean().exec()) as T | null;
    });
  }

  /**
   * Many writes in one command, unchecked like `insertMany`. Unordered by default; a refused operation rejects the whole
   * call after the others were tried.
   */
  bulkWrite(operations: readonly BulkWrite<T>[], options: { ordered?: boolean } = {}): Promise<WriteResult> {
    return this.#call(async () => {
      const settings = { ordered: false, ...options, ...this.#options() };
      const result = await this.#model.collection.bulkWrite([...operations] as never, settings);
      return { matched: result.matchedCount, modified: result.modifiedCount, upserted: result.upsertedCount };
    });
  }

  deleteOne(filter: Filter<T>): Promise<number> {
    return this.#call(async () => (await this.#model.deleteOne(filter, this.#options()).exec()).deletedCount);
  }

  deleteMany(filter: Filter<T>): Promise<number> {
    return this.#call(async () => (await this.#model.deleteMany(filter, this.#options()).exec()).deletedCount);
  }

  findOneAndDelete(filter: Filter<T>): Promise<T | null> {
    return this.#call(async () => {
      return (await this.#model.findOneAndDelete(filter, this.#options()).lean().exec()) as T | null;
    });
  }

  /** The driver's collection: for indexes and change streams inside this library. */
  get native(): Model<T>['collection'] {
    return this.#model.collection;
  }

  #call<R>(work: () => PromiseLike<R>): Promise<R> {
    return databaseCall(work, this.patienceMs);
  }

  #options(read: ReadOptions<T> = {}): Record<string, unknown> {
    const session = this.#session();
    return {
      ...(session && { session }),
      ...(read.sort && { sort: read.sort }),
      ...(read.limit !== undefined && { limit: read.limit }),
      ...(read.skip !== undefined && { skip: read.skip }),
      ...(read.comment !== undefined && { comment: read.comment }),
    };
  }
}

function projection<T>(options: ReadOptions<T>): ProjectionType<T> | undefined {
  if (!options.fields) return undefined;
  return Object.fromEntries(options.fields.map((field) => [field, 1])) as ProjectionType<T>;
}

const summary = (result: { matchedCount: number; modifiedCount: number; upsertedCount: number }): WriteResult => ({
  matched: result.matchedCount,
  modified: result.modifiedCount,
  upserted: result.upsertedCount,
});
