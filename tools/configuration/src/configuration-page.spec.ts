import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationPage } from './configuration-page.js';

const projectRoot = process.cwd();
const checkedIn = readFileSync(join(projectRoot, 'docs', 'configuration.md'), 'utf8');

it('is what the code declares (npm run generate:configuration)', async () => {
  expect(await configurationPage(projectRoot)).toBe(checkedIn);
});

/** Set by tests and tools for their own purposes; no operator needs them. */
const INTERNAL = new Set(['MFH_FAIL_POINT', 'MFH_VERSION']);

it('names every variable that appears in the code', () => {
  const sources = ['apps', 'libs', 'deploy', 'tools'].flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|mjs)$/.test(file) && !file.endsWith('.spec.ts') && !file.includes('testing/'))
      .map((file) => readFileSync(join(projectRoot, folder, file), 'utf8')),
  );
  const used = new Set(sources.flatMap((source) => source.match(/\bMFH_[A-Z0-9_]*[A-Z0-9]\b/g) ?? []));
  const missing = [...used].filter((name) => !checkedIn.includes(name) && !INTERNAL.has(name));
  expect(missing).toEqual([]);
});
