import { unavailable } from '#contracts';
import { translateMongoError } from './mongo-errors.js';

/**
 * Longest time a call may take, in milliseconds. A request must be answered within two seconds even while the primary
 * is frozen, and the driver alone bounds only parts of a call (choosing a server, one socket, but not its retries).
 */
export const CALL_TIMEOUT_MS = 1_800;

/**
 * Runs one database call: translates its errors and gives up waiting after `patienceMs`. After a timeout the outcome
 * is unknown: a write may still arrive.
 * @throws DuplicateKey; 503 `generic.unavailable` when MongoDB cannot serve or does not answer in time
 */
export async function databaseCall<T>(work: () => PromiseLike<T>, patienceMs = CALL_TIMEOUT_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(unavailable('The database')), patienceMs);
  });
  try {
    return await Promise.race([work(), tooLate]);
  } catch (error) {
    throw translateMongoError(error);
  } finally {
    clearTimeout(timer);
  }
}
