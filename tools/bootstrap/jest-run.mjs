import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runCommand } from './run-command.mjs';

/** Something that never ends must end the run as failed, not keep it from ending. */
const LONGEST_RUN_MS = 40 * 60_000;

/**
 * Runs some Jest projects and counts their tests. A suite that cannot even be loaded counts as one failed test, and
 * so does a run that ends without a report. Skipped tests count as neither and are named: nothing is left out
 * silently (lint refuses tests that are switched off for good; what remains lacks something outside the project).
 * @param run `{title, projects, workers}`
 * @returns `{passed, failed}`
 */
export async function runJest(projectRoot, reportsDir, run) {
  console.log(`\nRunning ${run.title} ...`);
  const reportFile = join(reportsDir, `${run.projects.join('-')}.json`);
  rmSync(reportFile, { force: true });
  await runCommand(
    process.execPath,
    [
      ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
      ...[join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js'), '--ci', '--selectProjects', ...run.projects],
      ...[`--maxWorkers=${run.workers}`, '--passWithNoTests', '--json', `--outputFile=${reportFile}`],
    ],
    { cwd: projectRoot, show: true, timeoutMs: LONGEST_RUN_MS },
  );
  if (!existsSync(reportFile)) {
    console.log(`Jest ended without a report for ${run.title}; what it said is above.`);
    return { passed: 0, failed: 1 };
  }
  const counted = countTests(JSON.parse(readFileSync(reportFile, 'utf8')));
  for (const { suite, tests } of counted.skipped)
    console.log(`SKIPPED: ${tests} tests of ${relative(projectRoot, suite)}`);
  return counted;
}

/** Sums up Jest's report by the rules above. */
export function countTests(report) {
  const skipped = report.testResults
    .map(({ name, assertionResults }) => ({
      suite: name,
      tests: assertionResults.filter(({ status }) => !['passed', 'failed'].includes(status)).length,
    }))
    .filter(({ tests }) => tests > 0);
  return { passed: report.numPassedTests, failed: report.numFailedTests + report.numRuntimeErrorTestSuites, skipped };
}
