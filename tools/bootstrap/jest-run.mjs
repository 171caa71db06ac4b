import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';

/**
 * Runs some Jest projects and counts their tests.
 * A suite that cannot even be loaded counts as one failed test; so does a skipped or pending test, because
 * nothing may be left out silently, and a run that ends without a report.
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
    { cwd: projectRoot, show: true },
  );
  if (!existsSync(reportFile)) {
    console.log(`Jest ended without a report for ${run.title}; what it said is above.`);
    return { passed: 0, failed: 1 };
  }
  const counted = countTests(JSON.parse(readFileSync(reportFile, 'utf8')));
  if (counted.skipped > 0) console.log(`${counted.skipped} tests were skipped; they count as failed.`);
  return counted;
}

/** Sums up Jest's report by the rules above. */
export function countTests(report) {
  const skipped = report.numPendingTests + report.numTodoTests;
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites + skipped;
  return { passed: report.numPassedTests, failed, skipped };
}
