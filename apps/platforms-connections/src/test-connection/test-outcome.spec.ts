import { expect, it } from '@jest/globals';
import { CONNECTOR_ERROR_KINDS, ConnectorError, type ConnectorErrorKind } from '#connectors';
import { failedTest } from './test-outcome.js';

const testOf = (kind: ConnectorErrorKind) => failedTest(new ConnectorError({ kind, platform: 'keap', message: 'why' }));

it.each([
  ['auth_invalid', 'auth_invalid'],
  ['auth_expired', 'auth_invalid'],
  ['forbidden', 'scope_missing'],
  ['network', 'test_failed'],
  ['server', 'test_failed'],
  ['protocol', 'test_failed'],
  ['not_found', 'test_failed'],
] as const)('takes %s for %s', (kind, reason) => {
  expect(testOf(kind)).toMatchObject({
    reason,
    problem: { status: 400, code: 'connections.test_failed', message: 'Connection test failed: why' },
  });
});

it('learns nothing about the connection from a busy vendor or a missing connector', () => {
  expect(testOf('rate_limited')).toMatchObject({ reason: null, problem: { status: 503 } });
  expect(testOf('circuit_open')).toMatchObject({ reason: null, problem: { status: 503 } });
  expect(testOf('unsupported')).toMatchObject({ reason: null, problem: { status: 422 } });
});

it('never answers 401', () => {
  expect(CONNECTOR_ERROR_KINDS.map((kind) => testOf(kind).problem.status)).not.toContain(401);
});
