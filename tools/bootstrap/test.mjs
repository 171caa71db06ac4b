import { runUnder } from './node24.mjs';
import { report } from './plain-error.mjs';
import { prepareProject } from './prepare.mjs';

/** `npm test`: from a fresh clone to `N passed, N failed` over all checks and tests. */
try {
  const { node } = await prepareProject({ servers: true });
  process.exitCode = await runUnder(node, ['tools/bootstrap/run-tests.mjs']);
} catch (error) {
  process.exitCode = report(error);
  console.log('0 passed, 1 failed');
}
