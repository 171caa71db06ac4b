import { runUnder } from '../bootstrap/node24.mjs';
import { report } from '../bootstrap/plain-error.mjs';
import { prepareProject } from '../bootstrap/prepare.mjs';

/**
 * `npm run generate:connectors -- [vendor ...]` runs the contract suite, checks its results in and writes
 * docs/connectors.md of them; `-- --page` writes the page alone.
 * `npm run new:connector -- <slug>` makes the folders of a new vendor.
 */
const MAIN = 'dist/tools/connectors/src/main.js';

function suite(node, vendors) {
  const specs = (vendors.length === 0 ? [''] : vendors).map((vendor) => `test/e2e/connectors/${vendor}`);
  const nodeArgs = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const jestArgs = ['node_modules/jest/bin/jest.js', '--selectProjects', 'e2e', '--', ...specs];
  return runUnder(node, [...nodeArgs, ...jestArgs], { ...process.env, WRITE_CONNECTOR_RESULTS: '1' });
}

try {
  const [command, ...args] = process.argv.slice(2);
  const pageOnly = args.includes('--page');
  const { projectRoot, node } = await prepareProject({
    servers: command === 'generate' && !pageOnly,
    log: (sentence) => console.error(sentence),
  });
  process.chdir(projectRoot);
  if (command === 'new') process.exitCode = await runUnder(node, [MAIN, 'new', ...args]);
  else {
    const failed = pageOnly ? 0 : await suite(node, args);
    process.exitCode = failed || (await runUnder(node, [MAIN, 'page']));
  }
} catch (error) {
  process.exitCode = report(error);
}
