import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newHelper } from './new-helper.js';

const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const SETTINGS = ['package.json', 'tsconfig.base.json', 'tsconfig.build.json', 'jest.config.mjs', '.oxlintrc.json'];
const FOLDERS = ['apps', 'libs', 'tools', 'bench', 'deploy', 'docs/helpers', 'test/vectors'];
const MINUTE = 60_000;

let copy = '';
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'new-helper-'));
  for (const file of SETTINGS) cpSync(join(projectRoot, file), join(copy, file));
  for (const folder of FOLDERS) cpSync(join(projectRoot, folder), join(copy, folder), { recursive: true });
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
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeArgs, join(copy, program), ...args], {
    cwd: copy,
    encoding: 'utf8',
  });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

/** Every file of the copy and what it holds, without what is built. */
function contents(): Map<string, string> {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(copy, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
  );
  const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
  return new Map(files.map((file) => [relative(copy, file), digest(file)]));
}

function changesSince(before: ReadonlyMap<string, string>): { added: string[]; changed: string[] } {
  const after = [...contents()];
  return {
    added: after.filter(([file]) => !before.has(file)).map(([file]) => file),
    changed: after.filter(([file, digest]) => before.has(file) && before.get(file) !== digest).map(([file]) => file),
  };
}

test(
  'one more type is a folder of its own: beside it only generated files change, and all checks pass at once',
  () => {
    const catalogue = join(copy, 'libs/helpers/src/catalogue.generated.ts');
    const listed = readFileSync(catalogue, 'utf8');
    const before = contents();
    const folder = newHelper(copy, 'data/try_one_it');
    expect(folder).toBe('libs/helpers/src/data/try_one_it');
    expect(run('node_modules/typescript7/bin/tsc', ['-p', 'tsconfig.build.json', '--noCheck'])).toBe('');
    expect(run('dist/tools/helper-types/src/main.js', ['pages'])).toBe('');

    const { added, changed } = changesSince(before);
    expect(added.sort()).toEqual([
      'docs/helpers/try_one_it.md',
      `${folder}/try-one-it.cases.jsonl`,
      `${folder}/try-one-it.helper.spec.ts`,
      `${folder}/try-one-it.helper.ts`,
    ]);
    expect(changed.sort()).toEqual(['docs/helpers/README.md', 'libs/helpers/src/catalogue.generated.ts']);
    const lines = readFileSync(catalogue, 'utf8').split('\n');
    expect(lines.filter((line) => !listed.includes(line))).toEqual([
      "import { tryOneIt } from './data/try_one_it/try-one-it.helper.js';",
      '  try_one_it: tryOneIt,',
    ]);

    expect(run('node_modules/typescript7/bin/tsc', ['-p', 'tsconfig.json'])).toBe('');
    expect(run('node_modules/oxlint/bin/oxlint', ['--deny-warnings', folder])).toBe('');
    const style = ['--check', '--print-width=120', '--single-quote', folder];
    expect(run('node_modules/prettier/bin/prettier.cjs', style)).toBe('');
    expect(run('node_modules/jest/bin/jest.js', ['--selectProjects', 'unit', '--', 'try_one_it', 'definitions'])).toBe(
      '',
    );
    const everyType = ['--selectProjects', 'vectors', '-t', 'try_one_it|every helper type'];
    expect(run('node_modules/jest/bin/jest.js', everyType)).toBe('');
  },
  4 * MINUTE,
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
