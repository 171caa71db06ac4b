import type { PipelineStage } from 'mongoose';
import type {
  BulkWrite,
  Change,
  Collection,
  Filter,
  ReadOptions,
  Sort,
  WriteOptions,
  WriteResult,
} from './collection.js';
import type { StoredDocument } from './define-collection.js';
import type { InsertOutcome } from './insert-unordered.js';

/**
 * Access to a collection without an account: only `system(reason)` gives one, so every such place states its reason
 * and can be found. Timestamps and versions are the caller's business here.
 */
export class SystemHandle<T extends StoredDocument> {
  readonly #collection: Collection<T>;
  readonly #reason: string;

  constructor(collection: Collection<T>, reason: string) {
    this.#collection = collection;
    this.#reason = reason;
  }

  /** The same access for work that may take longer than a request. @param patienceMs most time of one call */
  patient(patienceMs: number): SystemHandle<T> {
    return new SystemHandle(this.#collection.withPatience(patienceMs), this.#reason);
  }

  findOne(filter: Filter<T>, options: ReadOptions<T> = {}): Promise<T | null> {
    return this.#collection.findOne(filter, { comment: this.#reason, ...options });
  }

  find(filter: Filter<T>, options: ReadOptions<T> = {}): Promise<T[]> {
    return this.#collection.find(filter, { comment: this.#reason, ...options });
  }

  walk(filter: Filter<T>, options: ReadOptions<T> = {}): AsyncGenerator<T> {
    return this.#collection.walk(filter, { comment: this.#reason, ...options });
  }

  count(filter: Filter<T>): Promise<number> {
    return this.#collection.count(filter);
  }

  aggregate<Row>(pipeline: PipelineStage[]): Promise<Row[]> {
    return this.#collection.aggregate<Row>(pipeline);
  }

  insertOne(document: T): Promise<T> {
    return this.#collection.insertOne(document);
  }

  insertMany(documents: readonly T[], options: WriteOptions = {}): Promise<InsertOutcome> {
    return this.#collection.insertMany(documents, options);
  }

  updateOne(filter: Filter<T>, change: Change<T>, options: { upsert?: boolean } = {}): Promise<WriteResult> {
    return this.#collection.updateOne(filter, change, options);
  }

  updateMany(filter: Filter<T>, change: Change<T>): Promise<WriteResult> {
    return this.#collection.updateMany(filter, change);
  }

  findOneAndUpdate(
    filter: Filter<T>,
    change: Change<T>,
    options: { upsert?: boolean; before?: boolean; sort?: Sort<T> } = {},
  ): Promise<T | null> {
    return this.#collection.findOneAndUpdate(filter, change, options);
  }

  bulkWrite(operations: readonly BulkWrite<T>[], options: { ordered?: boolean } = {}): Promise<WriteResult> {
    return this.#collection.bulkWrite(operations, options);
  }

  deleteOne(filter: Filter<T>): Promise<number> {
    return this.#collection.deleteOne(filter);
  }

  deleteMany(filter: Filter<T>): Promise<number> {
    return this.#collection.deleteMany(filter);
  }

  findOneAndDelete(filter: Filter<T>): Promise<T | null> {
    return this.#collection.findOneAndDelete(filter);
  }
}
