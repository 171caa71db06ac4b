import { runUnder } from './node24.mjs';
import { report } from './plain-error.mjs';
import { prepareProject } from './prepare.mjs';

/** `npm start`: from a fresh clone to a running system. Options go to the supervisor (`--no-demo`, `--real-crms`). */
try {
  const { node } = await prepareProject({ servers: true });
  process.exitCode = await runUnder(node, ['deploy/local/supervisor.mjs', ...process.argv.slice(2)]);
} catch (error) {
  process.exitCode = report(error);
}
