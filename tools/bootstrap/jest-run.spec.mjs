import { expect, it } from '@jest/globals';
import { countTests } from './jest-run.mjs';

it('counts suites that cannot be loaded as failed, and names skipped tests by suite', () => {
  const results = (...statuses) => statuses.map((status) => ({ status }));
  const report = {
    numPassedTests: 10,
    numFailedTests: 1,
    numRuntimeErrorTestSuites: 2,
    testResults: [
      { name: '/p/a.spec.ts', assertionResults: results('passed', 'failed') },
      { name: '/p/b.spec.ts', assertionResults: results('passed', 'pending', 'todo') },
    ],
  };
  expect(countTests(report)).toEqual({ passed: 10, failed: 3, skipped: [{ suite: '/p/b.spec.ts', tests: 2 }] });
});
