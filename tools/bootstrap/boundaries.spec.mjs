import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A small project in which each forbidden import occurs once; the file says which rule it breaks. */
const PLANTED = {
  'apps/first/src/main.ts': ["import '../../second/src/service.js';", 'app-imports-no-app'],
  'apps/first/src/rules.ts': ["import '../../../libs/http/src/inner.js';", 'lib-is-entered-by-its-index'],
  'apps/first/src/domain/plan.ts': ["import '@nestjs/common';", 'domain-knows-no-framework'],
  'apps/first/src/call.ts': ["import 'undici';", 'outbound-http-only-through-http'],
  'apps/first/src/store.ts': ["import 'mongoose';", 'database-only-through-persistence'],
  'apps/first/src/queue.ts': ["import '@nats-io/jetstream';", 'broker-only-through-messaging'],
  'apps/first/src/support.ts': ["import '../../../libs/testing/src/index.js';", 'production-imports-no-test-support'],
  'apps/standalone/src/main.ts': ["import '../../second/src/inner.js';", 'app-is-entered-by-its-service-file'],
  'libs/http/src/index.ts': ["import '../../../apps/second/src/service.js';", 'lib-imports-no-app'],
  'libs/http/src/other.ts': ["import '../../telemetry/src/inner.js';", 'lib-is-entered-by-its-index-from-libs'],
  'libs/contracts/src/index.ts': ["import '../../telemetry/src/index.js';", 'contracts-stand-alone'],
  'libs/helpers/src/clock.ts': ["import 'node:fs';", 'helpers-know-no-machinery'],
  'libs/helpers/src/machine.ts': [
    "import { x } from '../../telemetry/src/index.js';\nexport const y = x;",
    'helpers-import-only-contracts-and-types',
  ],
  'libs/telemetry/src/a.ts': ["import './b.js';", 'no-cycles'],
  'libs/telemetry/src/lost.ts': ["import './nowhere.js';", 'imports-resolve'],
};
const ALLOWED = {
  'apps/second/src/service.ts': '',
  'apps/second/src/inner.ts': "import '../../../libs/http/src/index.js';\nimport './service.js';",
  'apps/standalone/src/other.ts': "import '../../second/src/service.js';",
  'libs/http/src/inner.ts': "import 'undici';",
  'libs/telemetry/src/b.ts': "import './a.js';",
  'libs/telemetry/src/index.ts': 'export const x = 1;',
  'libs/telemetry/src/inner.ts': '',
  'libs/testing/src/index.ts': '',
};

const root = process.cwd();
let project;
let violations;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'mfh-boundaries-'));
  const files = { ...ALLOWED, ...Object.fromEntries(Object.entries(PLANTED).map(([file, [text]]) => [file, text])) };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), `${text}\n`);
  }
  for (const file of ['package.json', 'tsconfig.json', 'tsconfig.base.json', 'node_modules']) {
    symlinkSync(join(root, file), join(project, file));
  }
  const program = join(root, 'node_modules', '.bin', 'depcruise');
  const args = [program, '--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json', 'apps', 'libs'];
  const run = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
  violations = JSON.parse(run.stdout).summary.violations;
}, 60_000);
afterAll(() => rmSync(project, { recursive: true }));

it.each(Object.entries(PLANTED).map(([file, [, rule]]) => [rule, file]))('%s refuses %s', (rule, file) => {
  expect(violations.filter(({ from }) => from === file).map((found) => found.rule.name)).toContain(rule);
});

it('lets everything else be', () => {
  expect(violations.filter(({ from }) => ALLOWED[from] !== undefined)).toEqual([]);
});
