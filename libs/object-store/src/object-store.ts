/** What is kept under a key. */
export interface StoredObject {
  /** As people call the file; the key holds a tamed form of it. */
  name: string;
  contentType: string;
  bytes: Uint8Array;
}

/** Keeps files outside the process. Keys are paths of `[A-Za-z0-9._-]` segments; see `objectKey`. */
export interface ObjectStore {
  /** Replaces what is there. @throws ObjectStoreError */
  put(key: string, object: StoredObject): Promise<void>;
  /** @returns null when nothing is kept under the key. @throws ObjectStoreError */
  get(key: string): Promise<StoredObject | null>;
  /** Removing what is not there is no failure. @throws ObjectStoreError */
  delete(key: string): Promise<void>;
  /** Removes every file of an account. @returns how many there were @throws ObjectStoreError */
  deleteAccount(accountId: string): Promise<number>;
}

/** The store could not be reached or refused; the same call may work later. */
export class ObjectStoreError extends Error {
  override readonly name = 'ObjectStoreError';
}
