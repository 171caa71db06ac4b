import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../../tools/bootstrap/free-port.mjs';
import { runUnder } from '../../tools/bootstrap/node24.mjs';
import { report } from '../../tools/bootstrap/plain-error.mjs';
import { prepareProject } from '../../tools/bootstrap/prepare.mjs';

/**
 * `npm run bench:connectors -- [--json] [--vendor SLUG]`: what connectors cost, against a vendor that answers at once.
 * A demo CRM beside it gives the answers.
 */
let sandbox;
try {
  const { node, projectRoot } = await prepareProject({ log: (sentence) => console.error(sentence) });
  process.chdir(projectRoot);
  const port = await freePort();
  const dist = (...path) => join(projectRoot, 'dist', ...path);
  sandbox = spawn(node, [dist('apps', 'sandbox-crm', 'src', 'main.js')], {
    env: { ...process.env, MFH_SANDBOX_PORT: String(port), MFH_HOST: '127.0.0.1', MFH_LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  process.exitCode = await runUnder(node, [dist('bench', 'connectors', 'main.js'), ...process.argv.slice(2)], {
    ...process.env,
    BENCH_SANDBOX_URL: `http://127.0.0.1:${port}`,
  });
} catch (error) {
  process.exitCode = report(error);
} finally {
  sandbox?.kill();
}
