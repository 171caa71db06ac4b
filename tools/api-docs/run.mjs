import { buildProject } from '../bootstrap/build.mjs';
import { runUnder } from '../bootstrap/node24.mjs';
import { report } from '../bootstrap/plain-error.mjs';
import { prepareProject } from '../bootstrap/prepare.mjs';
import { writeErrorCatalogue } from './error-catalogue.mjs';
import { writeProblemStatuses } from './problem-statuses.mjs';

/** `npm run generate:api` writes docs/api from the routes, events and questions as the code declares them. */
const log = (sentence) => console.error(sentence);

try {
  const { projectRoot, node } = await prepareProject({ build: false, log });
  process.chdir(projectRoot);
  writeProblemStatuses(projectRoot);
  writeErrorCatalogue(projectRoot);
  buildProject(projectRoot, node, log);
  process.exitCode = await runUnder(node, ['dist/tools/api-docs/src/main.js']);
} catch (error) {
  process.exitCode = report(error);
}
