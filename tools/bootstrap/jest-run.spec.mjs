import { expect, it } from '@jest/globals';
import { countTests } from './jest-run.mjs';

it('counts suites that cannot be loaded and skipped tests as failed', () => {
  const report = {
    numPassedTests: 10,
    numFailedTests: 1,
    numRuntimeErrorTestSuites: 2,
    numPendingTests: 3,
    numTodoTests: 1,
  };
  expect(countTests(report)).toEqual({ passed: 10, failed: 7, skipped: 4 });
});
