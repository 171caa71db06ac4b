import { HelperFailure, type HelperFiles } from '#helpers';
import { belongsTo, objectKey, ObjectStoreError, type ObjectStore } from '#object-store';

async function stored<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ObjectStoreError)) throw error;
    throw new HelperFailure('file_store_error', 'retry', 'The store of files cannot be reached.', { cause: error });
  }
}

/** Files of one account; those of a run lie in a folder of its execution. */
export const accountFiles = (store: ObjectStore, accountId: string, executionId: string): HelperFiles => ({
  async put(file) {
    const key = objectKey(accountId, executionId, file.name);
    await stored(store.put(key, file));
    return { key, size: file.bytes.byteLength };
  },
  get: async (key) => (belongsTo(key, accountId) ? stored(store.get(key)) : null),
});
