import type { Collection } from './collection.js';
import type { Database } from './database.js';
import type { CollectionDefinition, StoredDocument } from './define-collection.js';
import { SystemHandle } from './system-handle.js';

/**
 * Base of repositories for documents that belong to no account (users, sessions, the platform registry, plan prices).
 * Subclasses offer methods with names of their own and reach the collection only through `system(reason)`.
 */
export abstract class SystemRepository<T extends StoredDocument> {
  readonly #collection: Collection<T>;

  constructor(database: Database, definition: CollectionDefinition<T>) {
    this.#collection = database.collection(definition);
  }

  /** @param reason why no account applies; shows up in the database's profiler */
  protected system(reason: string): SystemHandle<T> {
    return new SystemHandle(this.#collection, reason);
  }
}
