import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runFiles, type VectorOptions } from './run-files.js';

const lines = [
  { id: 'format_it/1', type: 'format_it', config: { field: 'v', format: 'trim' }, contact: { id: 'c' }, expect: {} },
  { id: 'format_it/2', type: 'format_it', config: {}, contact: { id: 'c' }, expect: { valid_config: true } },
  {
    id: 'limit_it/1',
    type: 'limit_it',
    config: { scope: 'galaxy' },
    contact: { id: 'c' },
    expect: { valid_config: false },
  },
  { id: 'nobody_it/1', type: 'nobody_it', config: {}, contact: { id: 'c' }, expect: {} },
];

let folder = '';
let file = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vectors-'));
  file = join(folder, 'some.jsonl');
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function run(options: Partial<VectorOptions>) {
  const printed: string[] = [];
  const totals = await runFiles({ files: [file], knownTypes: false, ...options }, (line) => printed.push(line));
  return { totals, printed };
}

test('a case of a type that does not exist has failed', async () => {
  const { totals, printed } = await run({});
  expect(totals).toEqual({ passed: 2, failed: 2, disputed: 0 });
  expect(printed[0]).toContain('FAILED format_it/2\n    valid_config should be true, but is false');
  expect(printed[1]).toBe('FAILED nobody_it/1\n    there is no helper type nobody_it');
});

test('known types only, and one type only', async () => {
  expect((await run({ knownTypes: true })).totals).toEqual({ passed: 2, failed: 1, disputed: 0 });
  expect((await run({ type: 'limit_it' })).totals).toEqual({ passed: 1, failed: 0, disputed: 0 });
  expect((await run({ type: 'nobody_it' })).totals).toEqual({ passed: 0, failed: 1, disputed: 0 });
});

test('a case that cannot be read has failed, and the others still run', async () => {
  const broken = join(folder, 'broken.jsonl');
  const odd = { id: 'format_it/3', type: 'format_it', config: {}, contact: { id: 5 }, expect: {} };
  writeFileSync(broken, `{\n${JSON.stringify(odd)}\n${JSON.stringify(lines[0])}\n`);
  const { totals, printed } = await run({ files: [broken] });
  expect(totals).toEqual({ passed: 1, failed: 2, disputed: 0 });
  expect(printed[0]).toContain(`FAILED ${broken}:1\n    the case cannot be read: is no JSON`);
  expect(printed[1]).toContain('FAILED format_it/3\n    the case cannot be read');
});

test('a disputed case is named with its reason and neither passed nor failed', async () => {
  const disputed = new Map([['format_it/2', 'The configuration is empty.']]);
  const { totals, printed } = await run({ disputed, knownTypes: true });
  expect(totals).toEqual({ passed: 2, failed: 0, disputed: 1 });
  expect(printed).toEqual(['DISPUTED format_it/2\n    The configuration is empty.']);
});
