import { join } from 'node:path';
import { runUnder } from '../../tools/bootstrap/node24.mjs';
import { report } from '../../tools/bootstrap/plain-error.mjs';
import { prepareProject } from '../../tools/bootstrap/prepare.mjs';

/** `npm run bench:helpers -- [--json] [--type TYPE]`: every helper type in one process, without servers. */
try {
  const { node, projectRoot } = await prepareProject({ log: (sentence) => console.error(sentence) });
  process.chdir(projectRoot);
  const main = join(projectRoot, 'dist', 'bench', 'helpers', 'main.js');
  process.exitCode = await runUnder(node, [main, ...process.argv.slice(2)]);
} catch (error) {
  process.exitCode = report(error);
}
