import { expect, it } from '@jest/globals';
import { resultOf, type RecordLine } from './record.js';
import { findingText } from './summary.js';

const call = (operation: string, status: number): RecordLine => ({ kind: 'call', operation, status });
const finding = (operation: string, message: string): RecordLine => ({
  kind: 'finding',
  operation,
  check: 'Server error',
  message,
  status: 500,
  answer: '{}',
  curl: `curl ${message}`,
});

it('counts requests, and findings of one kind once', () => {
  const result = resultOf([
    call('GET /a', 200),
    call('GET /a', 500),
    call('GET /b', 404),
    finding('GET /a', 'row 1 is wrong'),
    finding('GET /a', 'row 27 is wrong'),
    finding('GET /b', 'row 1 is wrong'),
    { kind: 'broken', operation: 'GET /b', request: 'GET http://x/b' },
  ]);
  expect(result).toMatchObject({ requests: 3, operations: 2, fewest: 1, statuses: { 200: 1, 404: 1, 500: 1 } });
  expect(result.findings.map(({ operation, times }) => [operation, times])).toEqual([
    ['GET /a', 2],
    ['GET /b', 1],
    ['GET /b', 1],
  ]);
});

it('says how to see a finding again', () => {
  const [found] = resultOf([finding('GET /a', 'row 1 is wrong')]).findings;
  expect(found && findingText('viewer', found)).toBe(
    'GET /a as viewer: Server error (500), 1 times\n    row 1 is wrong\n    curl row 1 is wrong\n    {}',
  );
});

it('has an answer for a run without requests', () => {
  expect(resultOf([])).toEqual({ requests: 0, operations: 0, fewest: 0, statuses: {}, findings: [] });
});
