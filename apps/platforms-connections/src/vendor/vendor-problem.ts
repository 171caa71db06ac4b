import { Problem } from '#contracts';
import type { ConnectorError, ConnectorErrorKind } from '#connectors';

type Answer = readonly [status: number, code: string];

const rejected: Answer = [400, 'connections.credentials_rejected'];
const away: Answer = [502, 'connections.vendor_unavailable'];
const later: Answer = [503, 'generic.unavailable'];

/**
 * What a caller of our routes sees of a vendor's failure. A vendor's 401 or 403 never becomes ours: clients take a
 * 401 for the end of their own session and sign the user out.
 */
const answers: Record<ConnectorErrorKind, Answer> = {
  auth_expired: rejected,
  auth_invalid: rejected,
  forbidden: rejected,
  rate_limited: later,
  circuit_open: later,
  network: away,
  server: away,
  protocol: away,
  aborted: away,
  validation: [400, 'connections.vendor_refused'],
  conflict: [409, 'connections.vendor_conflict'],
  not_found: [404, 'connections.vendor_not_found'],
  unsupported: [422, 'connections.unsupported'],
};

const DEFAULT_PAUSE_MS = 5_000;

/** The problem that tells a client about a connector's failure; the message of a connector names no secrets. */
export function vendorProblem(error: ConnectorError): Problem {
  const [status, code] = answers[error.kind];
  const pauseMs = error.retryAfterMs ?? DEFAULT_PAUSE_MS;
  return new Problem(status, code, error.message, {
    ...(status === 503 && { headers: { 'Retry-After': String(Math.max(1, Math.ceil(pauseMs / 1000))) } }),
    cause: error,
  });
}
