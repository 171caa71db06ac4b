import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { newConnector } from './new-connector.js';

const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const SETTINGS = ['package.json', 'tsconfig.base.json', 'jest.config.mjs', '.oxlintrc.json', '.prettierrc.json'];
const FOLDERS = ['apps', 'libs', 'tools', 'test/e2e/connectors'];
const MINUTE = 60_000;

const Report = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(
        z.object({ title: z.string(), status: z.string(), ancestorTitles: z.array(z.string()) }),
      ),
    }),
  ),
});

let copy = '';
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'new-connector-'));
  for (const file of SETTINGS) cpSync(join(projectRoot, file), join(copy, file));
  for (const folder of FOLDERS) cpSync(join(projectRoot, folder), join(copy, folder), { recursive: true });
  symlinkSync(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
  const include = ['libs/connectors/**/*.ts', 'apps/sandbox-crm/**/*.ts', 'test/**/*.ts', 'tools/connectors/**/*.ts'];
  const settings = { extends: './tsconfig.base.json', compilerOptions: { noEmit: true }, include };
  writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify(settings));
  // The suite needs neither database nor broker.
  writeFileSync(
    join(copy, 'contract.config.mjs'),
    `import all from './jest.config.mjs';
const { globalSetup, globalTeardown, ...e2e } = all.projects.find(({ displayName }) => displayName === 'e2e');
export default e2e;
`,
  );
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

/** Titles of the vendor's checks, by the part of the suite and by how they ended. */
function ended(): { passed: Set<string>; failed: Set<string>; parts: Map<string, Set<string>> } {
  run('node_modules/jest/bin/jest.js', [
    ...['--config', 'contract.config.mjs', '--json', '--outputFile', 'report.json'],
    ...['--', 'connectors/acmecrm'],
  ]);
  const report = Report.parse(JSON.parse(readFileSync(join(copy, 'report.json'), 'utf8')));
  const checks = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const titles = (status: string) =>
    new Set(checks.filter((check) => check.status === status).map(({ title }) => title));
  const parts = new Map<string, Set<string>>();
  for (const { status, ancestorTitles } of checks) {
    const part = ancestorTitles[1] ?? '';
    parts.set(part, (parts.get(part) ?? new Set()).add(status));
  }
  return { passed: titles('passed'), failed: titles('failed'), parts };
}

test(
  'a new vendor compiles at once, and the contract fails in what is still to be written and nowhere else',
  async () => {
    const files = await newConnector(copy, 'acmecrm');
    expect(files).toContain('libs/connectors/src/acmecrm/acmecrm-connector.ts');
    expect(files).toContain('apps/sandbox-crm/src/dialects/acmecrm/acmecrm-dialect.ts');
    expect(run('node_modules/typescript7/bin/tsc', ['-p', 'tsconfig.json'])).toBe('');
    expect(run('node_modules/oxlint/bin/oxlint', ['--deny-warnings', ...files])).toBe('');
    expect(run('node_modules/prettier/bin/prettier.cjs', ['--check', ...files])).toBe('');

    const { passed, failed, parts } = ended();
    for (const part of ['lists', 'contacts', 'fields', 'tags', 'related records', 'requests']) {
      expect([part, parts.get(part)?.has('failed')]).toEqual([part, part !== 'related records']);
    }
    for (const unwritten of [
      'walks 2,500 contacts by cursor: none twice, none lost',
      'reads a contact in the common shape',
      'makes a contact with everything that is given',
      'changes a name and wipes nothing else',
      'writes and reads the standard field first_name',
      'applies a tag by its id, twice without harm',
      'puts a contact into an automation',
      'is as docs/connectors.md says (npm run generate:connectors)',
    ]) {
      expect([unwritten, failed.has(unwritten)]).toEqual([unwritten, true]);
    }
    for (const written of [
      'tests the connection with one request',
      'tells who it is without a request',
      'tells what it can do without a request',
      'says that a key is refused for good',
      'waits as long as a rate limit asks for, and then goes on',
      'gives up after three tries',
      'stops calling a vendor that keeps failing, and tries again later',
      'achieves a goal, and says when nobody waits for it: unsupported, without a request',
      'writes a note: unsupported, without a request',
      'passes at least 60 checks',
    ]) {
      expect([written, passed.has(written)]).toEqual([written, true]);
    }
  },
  4 * MINUTE,
);

test.each([
  ['Acme', 'lower-case letters'],
  ['', 'lower-case letters'],
  ['../acme', 'lower-case letters'],
  ['keap', 'There is a folder libs/connectors/src/keap already.'],
])('the slug "%s" is refused in one sentence', async (slug, sentence) => {
  await expect(newConnector(copy, slug)).rejects.toThrow(sentence);
});
