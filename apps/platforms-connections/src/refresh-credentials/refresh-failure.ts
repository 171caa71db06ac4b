import { Problem } from '#contracts';
import type { ConnectorError } from '#connectors';
import type { RefreshFailure } from '../persistence/connection-auth.collection.js';

/** How long nobody asks again after a failure for which the vendor named no time. */
const PAUSE_MS = 1_000;
/** A vendor that refuses our own client does so until the operator has changed something. */
const MISCONFIGURED_PAUSE_MS = 30_000;

/**
 * What is kept of a failed refresh.
 * Only a refused grant is final: for anything else, also a refusal of our own OAuth client, the customer's connection
 * is fine and a later try may work.
 */
export function failureOf(leaseId: string, error: ConnectorError, now: Date): RefreshFailure {
  const { message } = error;
  const later = (pauseMs: number): Date => new Date(now.getTime() + pauseMs);
  switch (error.kind) {
    case 'auth_invalid':
      return { lease_id: leaseId, status: 400, code: 'connections.credentials_rejected', message };
    case 'rate_limited':
      return {
        lease_id: leaseId,
        status: 503,
        code: 'generic.unavailable',
        message,
        retry_at: later(error.retryAfterMs ?? PAUSE_MS),
      };
    default:
      return {
        lease_id: leaseId,
        status: 502,
        code: 'connections.vendor_unavailable',
        message,
        retry_at: later(error.kind === 'forbidden' ? MISCONFIGURED_PAUSE_MS : (error.retryAfterMs ?? PAUSE_MS)),
      };
  }
}

/** Whether a failure still stands at `now`; whoever asks before gets it again without another call to the vendor. */
export const stands = (failure: RefreshFailure, now: Date): boolean =>
  failure.retry_at === undefined || failure.retry_at > now;

export function problemOf(failure: RefreshFailure, now: Date): Problem {
  const { status, code, message, retry_at } = failure;
  if (retry_at === undefined) return new Problem(status, code, message);
  const seconds = Math.max(1, Math.ceil((retry_at.getTime() - now.getTime()) / 1000));
  return new Problem(status, code, message, { headers: { 'Retry-After': String(seconds) } });
}
