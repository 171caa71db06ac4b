import { runUnder } from '../bootstrap/node24.mjs';
import { report } from '../bootstrap/plain-error.mjs';
import { prepareProject } from '../bootstrap/prepare.mjs';

/** `npm run vectors -- [--type TYPE] [--known-types] FILE...`, built first when the sources changed. */
try {
  const { node, projectRoot } = await prepareProject({ log: (sentence) => console.error(sentence) });
  process.exitCode = await runUnder(node, [`${projectRoot}/dist/tools/vectors/src/main.js`, ...process.argv.slice(2)]);
} catch (error) {
  process.exitCode = report(error);
}
