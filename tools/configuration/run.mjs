import { runUnder } from '../bootstrap/node24.mjs';
import { report } from '../bootstrap/plain-error.mjs';
import { prepareProject } from '../bootstrap/prepare.mjs';

/** `npm run generate:configuration` writes docs/configuration.md from the settings that the code declares. */
try {
  const { projectRoot, node } = await prepareProject({ log: (sentence) => console.error(sentence) });
  process.chdir(projectRoot);
  process.exitCode = await runUnder(node, ['dist/tools/configuration/src/main.js']);
} catch (error) {
  process.exitCode = report(error);
}
