import { ConnectorError, type ConnectorErrorKind } from '../_kit/connector-error.js';
import type { ConnectorOperation } from '../_kit/port.js';

/** An error that the connector finds itself: wrong input, or a failure inside an answer with status 200. */
export function refuse(
  platform: string,
  operation: ConnectorOperation,
  kind: ConnectorErrorKind,
  message: string,
  sent = false,
): ConnectorError {
  return new ConnectorError({ kind, platform, operation, message, outcome: sent ? 'refused' : 'not_sent' });
}
