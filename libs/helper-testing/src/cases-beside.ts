import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCases, type VectorCase } from './vector-case.js';

/**
 * The cases that lie in the folder of a test, as `*.cases.jsonl`.
 * @param testUrl `import.meta.url` of the test
 */
export function casesBeside(testUrl: string): VectorCase[] {
  const folder = dirname(fileURLToPath(testUrl));
  return readdirSync(folder)
    .filter((file) => file.endsWith('.cases.jsonl'))
    .flatMap((file) => readCases(join(folder, file)));
}
