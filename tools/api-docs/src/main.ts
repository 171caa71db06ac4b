import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiFiles } from './api-files.js';

const folder = join(process.cwd(), 'docs/api');
const files = await apiFiles();
mkdirSync(folder, { recursive: true });
for (const [name, content] of files) writeFileSync(join(folder, name), content);
console.log(`Wrote ${[...files.keys()].join(' and ')} to docs/api.`);
