import { buildProject } from '../bootstrap/build.mjs';
import { runUnder } from '../bootstrap/node24.mjs';
import { report } from '../bootstrap/plain-error.mjs';
import { prepareProject } from '../bootstrap/prepare.mjs';

/**
 * `npm run generate:helpers` writes what derives from the definitions: the catalogue, then the pages.
 * `npm run new:helper -- <category>/<type>` makes a new type and then does the same.
 */
const MAIN = 'dist/tools/helper-types/src/main.js';
const log = (sentence) => console.error(sentence);

async function generate(projectRoot, node) {
  const written = await runUnder(node, ['tools/helper-types/write-catalogue.mjs']);
  if (written !== 0) return written;
  buildProject(projectRoot, node, log);
  return runUnder(node, [MAIN, 'pages']);
}

async function make(projectRoot, node, args) {
  buildProject(projectRoot, node, log);
  const made = await runUnder(node, [MAIN, 'new', ...args]);
  return made === 0 ? generate(projectRoot, node) : made;
}

try {
  const { projectRoot, node } = await prepareProject({ build: false, log });
  process.chdir(projectRoot);
  const [command, ...args] = process.argv.slice(2);
  process.exitCode = command === 'new' ? await make(projectRoot, node, args) : await generate(projectRoot, node);
} catch (error) {
  process.exitCode = report(error);
}
