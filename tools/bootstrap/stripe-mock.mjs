import { PlainError } from './plain-error.mjs';
import { resolveServer } from './servers.mjs';

/**
 * Finds the stand-in for Stripe, which tests of our requests to it run against and nothing else needs.
 * @param options `cacheDir`; `log` (called with one sentence a step); `build` (true: it is built when it is nowhere)
 * @returns as `resolveServer`; undefined where it cannot be had, which is said loudly and fails nothing
 */
export async function findStripeMock({ build = true, log = () => {}, ...options }) {
  try {
    return await resolveServer('stripe-mock', build ? { ...options, log } : { ...options, sources: [] });
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    log(`!!! SKIPPED: the tests of our requests to Stripe. ${error.message}`);
    return undefined;
  }
}
