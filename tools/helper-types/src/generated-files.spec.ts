import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { catalogueSource, findTypes } from './catalogue-source.js';
import { helperPages } from './pages.js';

const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const helpersRoot = join(projectRoot, 'libs/helpers/src');
const pagesFolder = join(projectRoot, 'docs/helpers');

/** A failure here means: run `npm run generate:helpers`. */
test('the catalogue lists exactly the folders', () => {
  const written = readFileSync(join(helpersRoot, 'catalogue.generated.ts'), 'utf8');
  expect(written).toBe(catalogueSource(findTypes(helpersRoot)));
});

test('every type has its page, as its definition is now', async () => {
  const pages = await helperPages(projectRoot);
  expect(readdirSync(pagesFolder).sort()).toEqual([...pages.keys()].sort());
  for (const [file, page] of pages) expect(readFileSync(join(pagesFolder, file), 'utf8')).toBe(page);
}, 60_000);
