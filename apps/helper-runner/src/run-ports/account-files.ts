import { isProblem } from '#contracts';
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

/** Takes room in the account's plan. @throws Problem 403 when there is none, 503 when nobody answers */
type MakeRoom = (key: string, size: number) => Promise<unknown>;

async function roomFor(making: Promise<unknown>): Promise<void> {
  try {
    await making;
  } catch (error) {
    if (!isProblem(error)) throw error;
    const options = { cause: error, nothingDone: true };
    if (error.code === 'billing.limit_reached') {
      throw new HelperFailure('storage_limit_reached', 'give_up', error.message, options);
    }
    throw new HelperFailure('file_store_error', 'retry', 'The room for the file cannot be asked for now.', options);
  }
}

/** Files of one account; those of a run lie in a folder of its execution. */
export const accountFiles = (
  store: ObjectStore,
  { accountId, executionId }: { accountId: string; executionId: string },
  makeRoom: MakeRoom,
): HelperFiles => ({
  async put(file) {
    const key = objectKey(accountId, executionId, file.name);
    await roomFor(makeRoom(key, file.bytes.byteLength));
    await stored(store.put(key, file));
    return { key, size: file.bytes.byteLength };
  },
  get: async (key) => (belongsTo(key, accountId) ? stored(store.get(key)) : null),
});
