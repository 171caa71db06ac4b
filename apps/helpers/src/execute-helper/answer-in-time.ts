import { unavailable } from '#contracts';

/**
 * A client is answered within two seconds, whatever the servers behind do. Each step has its own limit; several of them
 * in a row would add up to more.
 */
const ANSWER_WITHIN_MS = 1_700;

/**
 * Gives up waiting for work that takes too long.
 * @param work gets a signal that says when nobody waits any more; what it has not begun by then it leaves
 * @throws Problem 503; the work may have been done all the same, as after any answer that does not arrive: who asks
 *   again with the same Idempotency-Key gets the same execution
 */
export async function answerInTime<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  const tooLate = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.abort();
    tooLate.reject(unavailable('Acceptance of executions'));
  }, ANSWER_WITHIN_MS);
  try {
    return await Promise.race([work(late.signal), tooLate.promise]);
  } finally {
    clearTimeout(timer);
  }
}
