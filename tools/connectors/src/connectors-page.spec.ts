import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { connectorsPage } from './connectors-page.js';
import { allResults } from './vendor-results.js';

const projectRoot = process.cwd();

it('is what the contract suite found out (npm run generate:connectors)', () => {
  const checkedIn = readFileSync(join(projectRoot, 'docs', 'connectors.md'), 'utf8');
  expect(connectorsPage(allResults(projectRoot))).toBe(checkedIn);
});

it('names every feature that the suite looks at', () => {
  const page = connectorsPage(allResults(projectRoot));
  const features = allResults(projectRoot).flatMap((vendor) => Object.keys(vendor.features));
  expect(features.filter((feature) => !page.includes(`\`${feature}\``))).toEqual([]);
});
