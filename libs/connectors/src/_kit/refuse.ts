import { ConnectorError, isConnectorError, type ConnectorErrorKind } from './connector-error.js';
import type { WebhookOperation } from './call/vendor-call.js';
import type { ConnectorOperation } from './port.js';

/** An error that the connector finds itself: wrong input, or a failure inside an answer with status 200. */
export function refuse(
  platform: string,
  operation: ConnectorOperation | WebhookOperation,
  kind: ConnectorErrorKind,
  message: string,
  sent = false,
): ConnectorError {
  return new ConnectorError({ kind, platform, operation, message, outcome: sent ? 'refused' : 'not_sent' });
}

/**
 * For what follows the making of a contact, such as its tags: when it fails, a contact stays behind, and whoever
 * repeats the creation must know of it.
 */
export function rethrowWithContact(existingId: string): (error: unknown) => never {
  return (error) => {
    if (!isConnectorError(error)) throw error;
    const { kind, platform, message, status, retryAfterMs } = error;
    throw new ConnectorError({
      kind,
      platform,
      message: `The contact was made but not completed: ${message}`,
      status,
      operation: 'createContact',
      outcome: 'unknown',
      existingId,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      cause: error,
    });
  };
}
