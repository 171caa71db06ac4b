import type { HttpFailure, HttpFailureKind } from '#http';
import { ConnectorError, type ConnectorErrorKind } from './connector-error.js';

const kinds: Record<HttpFailureKind, ConnectorErrorKind> = {
  network: 'network',
  timeout: 'network',
  aborted: 'aborted',
  too_large: 'protocol',
  invalid_answer: 'protocol',
  invalid_json: 'protocol',
  too_many_redirects: 'protocol',
  blocked: 'validation',
  invalid_request: 'validation',
};

/** A failed exchange in the connectors' own words; whether the request had left is kept. */
export function connectorErrorOfHttpFailure(failure: HttpFailure, platform: string, operation: string): ConnectorError {
  return new ConnectorError({
    kind: kinds[failure.kind],
    platform,
    operation,
    message: failure.message,
    outcome: failure.sent ? 'unknown' : 'not_sent',
    cause: failure,
  });
}
