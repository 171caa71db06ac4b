import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectorsPage } from './connectors-page.js';
import { newConnector } from './new-connector.js';
import { allResults } from './vendor-results.js';

const projectRoot = process.cwd();
const [command, slug = ''] = process.argv.slice(2);

async function makeConnector(): Promise<void> {
  const files = await newConnector(projectRoot, slug);
  console.log(`Made and registered:\n${files.map((file) => `  ${file}`).join('\n')}`);
  console.log(
    `The contract says what is missing: npm run build && npm run jest -- --selectProjects e2e -- connectors/${slug}`,
  );
}

function writePage(): void {
  writeFileSync(join(projectRoot, 'docs', 'connectors.md'), connectorsPage(allResults(projectRoot)));
  console.log('Wrote docs/connectors.md.');
}

try {
  if (command === 'new') await makeConnector();
  else writePage();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
