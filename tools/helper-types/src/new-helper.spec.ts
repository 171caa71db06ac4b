import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newHelper } from './new-helper.js';

const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const SETTINGS = ['package.json', 'tsconfig.base.json', 'jest.config.mjs'];
const MINUTE = 60_000;

let copy = '';
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'new-helper-'));
  for (const file of SETTINGS) cpSync(join(projectRoot, file), join(copy, file));
  cpSync(join(projectRoot, 'libs'), join(copy, 'libs'), { recursive: true });
  symlinkSync(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
  const settings = {
    extends: './tsconfig.base.json',
    compilerOptions: { noEmit: true },
    include: ['libs/helpers/**/*.ts'],
  };
  writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify(settings));
});
afterAll(() => {
  rmSync(copy, { recursive: true });
});

function run(program: string, args: string[]): string {
  const nodeArgs = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...nodeArgs, join(copy, 'node_modules', program), ...args],
    { cwd: copy, encoding: 'utf8' },
  );
  return status === 0 ? '' : `${stdout}${stderr}`;
}

test(
  'a new type compiles and passes its own test, and only the catalogue changes besides',
  () => {
    const catalogue = join(copy, 'libs/helpers/src/catalogue.generated.ts');
    const before = readFileSync(catalogue, 'utf8');
    const folder = newHelper(copy, 'data/try_one_it');
    expect(folder).toBe('libs/helpers/src/data/try_one_it');
    expect(readdirSync(join(copy, folder)).sort()).toEqual([
      'try-one-it.cases.jsonl',
      'try-one-it.helper.spec.ts',
      'try-one-it.helper.ts',
    ]);
    const added = readFileSync(catalogue, 'utf8')
      .split('\n')
      .filter((line) => !before.includes(line));
    expect(added).toEqual([
      "import { tryOneIt } from './data/try_one_it/try-one-it.helper.js';",
      '  try_one_it: tryOneIt,',
    ]);
    expect(run('typescript7/bin/tsc', ['-p', 'tsconfig.json'])).toBe('');
    expect(run('prettier/bin/prettier.cjs', ['--check', '--print-width=120', '--single-quote', folder])).toBe('');
    expect(run('jest/bin/jest.js', ['--selectProjects', 'unit', '--', 'try_one_it'])).toBe('');
  },
  2 * MINUTE,
);

test.each([
  ['nowhere/try_it', 'categories are'],
  ['data', 'lower snake_case'],
  ['data/Try-It', 'lower snake_case'],
  ['data/a/b', 'categories are'],
  ['tagging/math_it', 'There is a helper type math_it already, in data.'],
])('%s is refused in one sentence', (path, sentence) => {
  expect(() => newHelper(copy, path)).toThrow(sentence);
});
