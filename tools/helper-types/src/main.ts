import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newHelper } from './new-helper.js';
import { helperPages } from './pages.js';

const USAGE = 'Usage: npm run new:helper -- <category>/<type>, or npm run generate:helpers';

async function writePages(projectRoot: string): Promise<void> {
  const pages = await helperPages(projectRoot);
  const folder = join(projectRoot, 'docs/helpers');
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) if (!pages.has(file)) rmSync(join(folder, file));
  for (const [file, page] of pages) writeFileSync(join(folder, file), page);
  console.log(`Wrote ${pages.size} pages to docs/helpers.`);
}

async function main([command, path]: string[]): Promise<void> {
  const projectRoot = process.cwd();
  if (command === 'pages') return writePages(projectRoot);
  if (command === 'new' && path !== undefined) {
    const folder = newHelper(projectRoot, path);
    console.log(`Made ${folder}: describe the type in its definition and pin its behaviour in its cases.`);
    return;
  }
  throw new Error(USAGE);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
