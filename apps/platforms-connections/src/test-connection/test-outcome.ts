import { Problem, type ConnectionStatusReason } from '#contracts';
import type { ConnectorError } from '#connectors';
import { vendorProblem } from '../vendor/vendor-problem.js';

/** What a failed trial says about the connection, and what its caller is told. */
export interface FailedTest {
  /** Null where nothing was learned about the connection. */
  reason: ConnectionStatusReason | null;
  problem: Problem;
}

/**
 * Reads the failure of a trial call. A vendor that is too busy to answer, or that we cannot try out at all, says
 * nothing about the connection; everything else is a failed test.
 */
export function failedTest(error: ConnectorError): FailedTest {
  switch (error.kind) {
    case 'rate_limited':
    case 'circuit_open':
    case 'unsupported':
      return { reason: null, problem: vendorProblem(error) };
    case 'auth_invalid':
    case 'auth_expired':
      return { reason: 'auth_invalid', problem: refusal(error) };
    case 'forbidden':
      return { reason: 'scope_missing', problem: refusal(error) };
    default:
      return { reason: 'test_failed', problem: refusal(error) };
  }
}

/** 400, not 401: clients would take that for the end of their own session. */
const refusal = (error: ConnectorError): Problem =>
  new Problem(400, 'connections.test_failed', `Connection test failed: ${error.message}`, { cause: error });
