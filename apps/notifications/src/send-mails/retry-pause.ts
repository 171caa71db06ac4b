/** The first attempt and five further ones. */
export const MOST_ATTEMPTS = 6;

const FACTOR = 4;
const SPREAD = 0.2;

/**
 * How long to wait after the given attempt (1 for the first); undefined when it was the last one.
 * @param random from 0 to 1, spreads mails that failed together
 */
export function retryPause(attempt: number, firstMs: number, random: number): number | undefined {
  if (attempt >= MOST_ATTEMPTS) return undefined;
  return Math.round(firstMs * FACTOR ** (attempt - 1) * (1 - SPREAD + 2 * SPREAD * random));
}
