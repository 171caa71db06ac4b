import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = dirname(fileURLToPath(import.meta.url));
/** Each takes longer to load than all definitions together. */
const LARGE = /^import (?!type ).*from '(?:libphonenumber-js|write-excel-file)/m;

test('large libraries are loaded with their first use, not with the catalogue', () => {
  const eager = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .filter((file) => LARGE.test(readFileSync(join(root, file), 'utf8')));
  expect(eager).toEqual([]);
});
