import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readCases } from './vector-case.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cases-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function written(text: string): string {
  const file = join(folder, 'cases.jsonl');
  writeFileSync(file, text);
  return file;
}

const line = JSON.stringify({ id: 'a/1', type: 'a', config: {}, contact: { id: 'c' }, expect: {} });

test('reads one case a line, blank lines allowed', () => {
  expect(readCases(written(`${line}\n\n${line}\n`))).toHaveLength(2);
});

test.each(['{', '[]', '{"id":"a/1"}'])('names the place of what is no case: %s', (text) => {
  const file = written(`${line}\n${text}\n`);
  expect(() => readCases(file)).toThrow(`${file}:2 is no vector case`);
});
