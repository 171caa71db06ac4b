/** A small file, whole in memory. */
export interface StoredObject {
  /** As people call the file; the key holds a tamed form of it. */
  name: string;
  contentType: string;
  bytes: Uint8Array;
}

/** A file of any size on its way in. */
export interface ObjectToWrite {
  /** (last segment of the key) */
  name?: string;
  /** (`application/octet-stream`) */
  contentType?: string;
  /** Read once; what it throws ends the writing, and what was kept under the key stays. */
  content: AsyncIterable<Uint8Array>;
}

export interface WrittenObject {
  /** Bytes. */
  size: number;
  /** Of the content, in hex. */
  sha256: string;
  version: string;
}

export interface ObjectFacts {
  key: string;
  /** Bytes. */
  size: number;
  /** Another one whenever the content is replaced: an entity tag. */
  version: string;
  storedAt: Date;
}

/** A part of the file, inside its size. */
export interface ReadRange {
  /** First byte wanted, from 0 (0). */
  from?: number;
  /** How many bytes, at least 1 (to the end). */
  length?: number;
  /** Only this version. */
  version?: string;
}

export interface ReadObject extends ObjectFacts {
  name: string;
  contentType: string;
  /** To be consumed. Ends with an ObjectStoreError, never early, when the store breaks off. */
  content: AsyncIterable<Uint8Array>;
}

/**
 * Keeps files outside the process. Keys are paths of `[A-Za-z0-9._-]` segments; see `objectKey`. Readers see the old
 * content of a key or the new one, never a mixture.
 */
export interface ObjectStore {
  /** Replaces what is there. @throws ObjectStoreError */
  put(key: string, object: StoredObject): Promise<void>;
  /** @returns null when nothing is kept under the key. @throws ObjectStoreError */
  get(key: string): Promise<StoredObject | null>;
  /**
   * As `put`, for content of any size; memory stays bounded. @throws ObjectStoreError, or what the content throws
   */
  write(key: string, object: ObjectToWrite): Promise<WrittenObject>;
  /**
   * As `get`, for content of any size.
   * @throws ObjectStoreError; ObjectChangedError when `range.version` is not what is kept now
   */
  read(key: string, range?: ReadRange): Promise<ReadObject | null>;
  /** All objects whose keys begin with `folder/`, in no particular order. @throws ObjectStoreError */
  list(folder: string): AsyncIterable<ObjectFacts>;
  /** Removing what is not there is no failure. @throws ObjectStoreError */
  delete(key: string): Promise<void>;
  /** Removes all whose keys begin with `folder/`. @returns how many there were @throws ObjectStoreError */
  deleteFolder(folder: string): Promise<number>;
  /** Removes every file of an account. @returns how many there were @throws ObjectStoreError */
  deleteAccount(accountId: string): Promise<number>;
}

/** The store could not be reached or refused; the same call may work later. */
export class ObjectStoreError extends Error {
  override readonly name: string = 'ObjectStoreError';
}

/** The object was replaced since its version was read. */
export class ObjectChangedError extends ObjectStoreError {
  override readonly name = 'ObjectChangedError';
}
