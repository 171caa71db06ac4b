import { PlainError } from './plain-error.mjs';
import { resolveServer } from './servers.mjs';

/** What stands for a vendor in some tests, and nothing else needs: the variable that tells those tests where it is. */
const STAND_INS = [
  { server: 'stripe-mock', variable: 'STRIPE_MOCK', tests: 'our requests to Stripe' },
  { server: 'versitygw', variable: 'OBJECT_SERVER', tests: 'files in an S3 bucket' },
];

/**
 * Finds the stand-ins for vendors. One that cannot be had is said loudly and fails nothing: its tests are skipped.
 * @param options `cacheDir`; `log` (called with one sentence a step); `build` (true: they are built when they are nowhere)
 * @returns the variables of the tests: a path each, or empty
 */
export async function findStandIns(options) {
  const found = await Promise.all(
    STAND_INS.map(async ({ server, variable, tests }) => [variable, await findStandIn(server, tests, options)]),
  );
  return Object.fromEntries(found);
}

async function findStandIn(name, tests, { build = true, log = () => {}, ...options }) {
  try {
    const { binary } = await resolveServer(name, build ? { ...options, log } : { ...options, sources: [] });
    return binary;
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    log(`!!! SKIPPED: the tests of ${tests}. ${error.message}`);
    return '';
  }
}
