import type { ConnectorError } from '#connectors';
import { HelperFailure, type FailureClass } from './helper-failure.js';

/** Why a run ended without success, in the words of records and events. */
export interface RunFailure {
  code: string;
  class: FailureClass;
  message: string;
  /** Earliest next attempt, from now, when the other side named one. */
  retryAfterMs?: number;
  /** What was thrown: the runner looks here to tell waiting (rate limit, open circuit, credentials) from failing. */
  cause?: unknown;
}

/**
 * Helpers know connectors by type only, so that a definition can be loaded without any vendor's code: the class is
 * recognised by its name.
 */
export function isConnectorError(error: unknown): error is ConnectorError {
  return error instanceof Error && error.name === 'ConnectorError';
}

/** Errors of the connection as a whole: what follows in this run would meet them too, so the run stops and waits. */
const CONNECTION_KINDS: ReadonlySet<string> = new Set([
  'rate_limited',
  'auth_expired',
  'auth_invalid',
  'circuit_open',
  'aborted',
]);

/**
 * Whether the run must stop here instead of going on with its next write: the connection or the platform is in the
 * way, or a person has to decide.
 */
export function stopsRun(error: unknown): boolean {
  if (isConnectorError(error)) return CONNECTION_KINDS.has(error.kind);
  return error instanceof HelperFailure && (error.failureClass === 'retry' || error.code === 'effect_in_doubt');
}

/**
 * Puts anything thrown in a run into a class. What nobody foresaw is tried again: a bug that needs a certain
 * moment passes, any other ends among the dead letters with its trace in the log.
 */
export function toRunFailure(error: unknown): RunFailure {
  if (error instanceof HelperFailure) {
    return {
      code: error.code,
      class: error.failureClass,
      message: error.message,
      ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
      cause: error,
    };
  }
  if (isConnectorError(error)) {
    return {
      code: 'crm_error',
      class: error.retryable ? 'retry' : 'give_up',
      message: error.message,
      ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
      cause: error,
    };
  }
  return { code: 'internal_error', class: 'retry', message: 'The helper met an unexpected error.', cause: error };
}
