import type { PlatformSlug } from './contact.js';

/**
 * What went wrong, in words that do not depend on the vendor.
 * `circuit_open`: too many failures in a row on this connection, no call was made.
 * `aborted`: the caller's signal ended the call.
 */
export const CONNECTOR_ERROR_KINDS = [
  'network',
  'rate_limited',
  'server',
  'auth_expired',
  'auth_invalid',
  'forbidden',
  'not_found',
  'conflict',
  'validation',
  'unsupported',
  'protocol',
  'circuit_open',
  'aborted',
] as const;
export type ConnectorErrorKind = (typeof CONNECTOR_ERROR_KINDS)[number];

/**
 * What is known about the vendor's side.
 * `not_sent`: nothing left this process, so anything may be repeated.
 * `refused`: the vendor answered that it did not do it.
 * `unknown`: the request may have been carried out (lost answer, server error).
 */
export type CallOutcome = 'not_sent' | 'refused' | 'unknown';

const RETRYABLE: ReadonlySet<ConnectorErrorKind> = new Set([
  'network',
  'rate_limited',
  'server',
  'auth_expired',
  'circuit_open',
  'aborted',
]);

export interface ConnectorErrorOptions {
  kind: ConnectorErrorKind;
  platform: PlatformSlug | (string & {});
  /** Safe to show and to log: no bodies, no credentials, no personal data. */
  message: string;
  /** The vendor's HTTP status; 0 when there was no answer. */
  status?: number;
  /** Do not try again before this many milliseconds have passed. */
  retryAfterMs?: number;
  operation?: string;
  /** Id of the record that is in the way of a `conflict`. */
  existingId?: string;
  outcome?: CallOutcome;
  cause?: unknown;
}

/** The only error that leaves a connector. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  readonly code = 'CONNECTOR_ERROR';
  readonly kind: ConnectorErrorKind;
  readonly platform: string;
  readonly status: number;
  readonly retryable: boolean;
  readonly outcome: CallOutcome;
  readonly retryAfterMs: number | undefined;
  readonly operation: string | undefined;
  readonly existingId: string | undefined;

  constructor(options: ConnectorErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = options.kind;
    this.platform = options.platform;
    this.status = options.status ?? 0;
    this.retryable = RETRYABLE.has(options.kind);
    this.outcome = options.outcome ?? 'refused';
    this.retryAfterMs = options.retryAfterMs;
    this.operation = options.operation;
    this.existingId = options.existingId;
  }

  /** The stored form: field names as records and timelines have them. */
  toRecord(): {
    code: string;
    message: string;
    status_code: number;
    platform: string;
    retryable: boolean;
    kind: ConnectorErrorKind;
    retry_after_ms?: number;
  } {
    return {
      code: this.code,
      message: this.message,
      status_code: this.status,
      platform: this.platform,
      retryable: this.retryable,
      kind: this.kind,
      ...(this.retryAfterMs === undefined ? {} : { retry_after_ms: this.retryAfterMs }),
    };
  }
}

export function isConnectorError(error: unknown): error is ConnectorError {
  return error instanceof ConnectorError;
}
