import { setTimeout as after } from 'node:timers/promises';

/**
 * Longer than any of the work takes that an address with a user causes. The work is nearly the same without one; this
 * covers the rest, so that the time of the answer does not tell which addresses exist.
 */
const EVEN_MS = 250;

/** Does the work and answers no earlier than after a time that is the same for everybody. */
export async function answerEvenly(work: () => Promise<void>): Promise<void> {
  const even = after(EVEN_MS);
  try {
    await work();
  } finally {
    await even;
  }
}
