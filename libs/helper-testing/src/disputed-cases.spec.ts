import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { disputedCases } from './disputed-cases.js';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'disputed-'));
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

test('a project without the page disputes nothing', () => {
  expect(disputedCases(root).size).toBe(0);
});

test('reads ids and reasons from the rows of the table', () => {
  mkdirSync(join(root, 'docs', 'decisions'), { recursive: true });
  const page =
    '# Page\n\n| Case | Reason |\n| --- | --- |\n| `some_it/01-case` | It says `x`. |\n\n`other_it/02-text` stays.\n';
  writeFileSync(join(root, 'docs', 'decisions', 'disputed-vectors.md'), page);
  expect([...disputedCases(root)]).toEqual([['some_it/01-case', 'It says `x`.']]);
});
