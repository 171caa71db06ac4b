import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectorsPage } from './connectors-page.js';
import { allResults } from './vendor-results.js';

const projectRoot = process.cwd();
writeFileSync(join(projectRoot, 'docs', 'connectors.md'), connectorsPage(allResults(projectRoot)));
console.log('Wrote docs/connectors.md.');
