import type { Collection } from './collection.js';
import type { Database } from './database.js';
import type { DeclaredIndex, StoredDocument } from './define-collection.js';
import { translateMongoError } from './mongo-errors.js';

const NAMESPACE_EXISTS = 48;

/** Makes collections and indexes that are declared and missing; safe to run again and from several processes. */
export async function ensureIndexes(database: Database): Promise<void> {
  for (const collection of database.collections()) {
    await createCollection(collection);
    for (const { keys, options } of collection.definition.indexes) {
      try {
        await collection.native.createIndex(keys, { ...options });
      } catch (error) {
        throw translateMongoError(error);
      }
    }
  }
}

/** @returns one sentence for each declared index that is missing or differs; empty when all is well */
export async function indexFaults(database: Database): Promise<string[]> {
  const faults: string[] = [];
  for (const collection of database.collections()) {
    const existing = await listIndexes(collection);
    for (const declared of collection.definition.indexes) {
      const present = existing.find((index) => sameKeys(index.key, declared));
      const label = `${collection.name} ${JSON.stringify(declared.keys)}`;
      if (!present) faults.push(`index ${label} is missing`);
      else if (Boolean(present.unique) !== Boolean(declared.options?.unique)) faults.push(`index ${label} differs`);
    }
  }
  return faults;
}

/** A transaction cannot create its collections without conflicts, so they exist beforehand. */
async function createCollection(collection: Collection<StoredDocument>): Promise<void> {
  try {
    await collection.native.conn.createCollection(collection.name);
  } catch (error) {
    if ((error as { code?: number }).code !== NAMESPACE_EXISTS) throw translateMongoError(error);
  }
}

interface StoredIndex {
  key: Record<string, unknown>;
  unique?: boolean;
}

async function listIndexes(collection: Collection<StoredDocument>): Promise<StoredIndex[]> {
  try {
    return (await collection.native.indexes()) as StoredIndex[];
  } catch (error) {
    if ((error as { codeName?: string }).codeName === 'NamespaceNotFound') return [];
    throw translateMongoError(error);
  }
}

const sameKeys = (key: Record<string, unknown>, declared: DeclaredIndex): boolean =>
  JSON.stringify(Object.entries(key)) === JSON.stringify(Object.entries(declared.keys));
