import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installationFits } from './packages.mjs';

let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mfh-packages-'));
  mkdirSync(join(root, 'node_modules', 'a'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const wanted = (packages) => writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }));
const installed = (packages) =>
  writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));

it('is content with exactly what the lock demands', () => {
  wanted({ '': {}, 'node_modules/a': { version: '1.0.0' } });
  installed({ 'node_modules/a': { version: '1.0.0' } });
  expect(installationFits(root)).toBe(true);
});

it.each([
  ['another version', { 'node_modules/a': { version: '1.0.1' } }],
  ['a missing package', {}],
])('is not content with %s', (_case, packages) => {
  wanted({ '': {}, 'node_modules/a': { version: '1.0.0' } });
  installed(packages);
  expect(installationFits(root)).toBe(false);
});

it('is not content when the folder is gone, or nothing was installed', () => {
  wanted({ '': {}, 'node_modules/b': { version: '1.0.0' } });
  expect(installationFits(root)).toBe(false);
  installed({ 'node_modules/b': { version: '1.0.0' } });
  expect(installationFits(root)).toBe(false);
});

it('does not ask for optional packages of other systems', () => {
  const elsewhere = { version: '1.0.0', optional: true, os: ['plan9'] };
  wanted({ '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': elsewhere });
  installed({ 'node_modules/a': { version: '1.0.0' } });
  expect(installationFits(root)).toBe(true);
});
