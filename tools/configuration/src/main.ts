import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationPage } from './configuration-page.js';

const file = join(process.cwd(), 'docs', 'configuration.md');
writeFileSync(file, await configurationPage(process.cwd()));
console.log('Wrote docs/configuration.md.');
