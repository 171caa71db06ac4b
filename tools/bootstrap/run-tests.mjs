import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { localConfig } from '../../deploy/local/config.mjs';
import { runChecks } from './checks.mjs';
import { runJest } from './jest-run.mjs';
import { report } from './plain-error.mjs';

/** All checks and all Jest projects, one after the other, and last the line `N passed, N failed`. */
const JEST_RUNS = [
  { title: 'unit tests and behaviour vectors', projects: ['unit', 'vectors'], workers: 2 },
  { title: 'component tests', projects: ['component'], workers: 2 },
  { title: 'end-to-end tests', projects: ['e2e'], workers: 2 },
  { title: 'tests that bear no neighbours', projects: ['alone'], workers: 1 },
];

const { projectRoot, dataDir } = localConfig();
const results = [];
try {
  results.push(await runChecks(projectRoot, process.execPath));
  const reportsDir = join(dataDir, 'test-reports');
  mkdirSync(reportsDir, { recursive: true });
  for (const run of JEST_RUNS) results.push(await runJest(projectRoot, reportsDir, run));
} catch (error) {
  report(error);
  results.push({ passed: 0, failed: 1 });
}

const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);
