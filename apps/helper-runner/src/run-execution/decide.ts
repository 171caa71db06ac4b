import type { ExecutionFailure, WaitReason } from '#contracts';
import { isConnectorError } from '#connectors';
import type { RunFailure } from '#helpers';

/** What becomes of a run that did not succeed. */
export type Decision =
  | { kind: 'fail'; error: ExecutionFailure }
  | { kind: 'dead-letter'; error: ExecutionFailure }
  | {
      kind: 'wait';
      reason: WaitReason;
      delayMs: number;
      error: ExecutionFailure;
      countsAsAttempt: boolean;
      /** The vendor refused the connection's credentials for good. */
      refused?: true;
    }
  | { kind: 'hand-back' };

export interface DecisionContext {
  attempt: number;
  maxAttempts: number;
  retryBaseMs: number;
  /** The runner is stopping: an aborted run is not the helper's fault. */
  stopping: boolean;
  /** 0 <= number < 1. */
  random: number;
}

/** A connection that must be reconnected is looked at again after this long. */
const RECONNECT_LOOK_MS = 60_000;
const DEFAULT_LIMIT_WAIT_MS = 5_000;
const LONGEST_BACKOFF_MS = 60_000;
/** The broker's schedules count in seconds; anything shorter is tried within the run. */
const SHORTEST_WAIT_MS = 1_000;

/** Exponential, with full jitter above the half, so that many failures do not come back together. */
export function backoffMs(attempt: number, baseMs: number, random: number): number {
  const ceiling = Math.min(LONGEST_BACKOFF_MS, baseMs * 2 ** (attempt - 1));
  return Math.max(SHORTEST_WAIT_MS, Math.round(ceiling / 2 + (ceiling / 2) * random));
}

/** Waiting for somebody else is not an attempt: these errors say whom, and until when. */
function waitOf(failure: RunFailure): { reason: WaitReason; delayMs: number; refused?: true } | undefined {
  const { cause } = failure;
  if (!isConnectorError(cause)) return undefined;
  const delayMs = Math.max(SHORTEST_WAIT_MS, cause.retryAfterMs ?? DEFAULT_LIMIT_WAIT_MS);
  if (cause.kind === 'rate_limited') return { reason: 'rate_limit', delayMs };
  if (cause.kind === 'circuit_open') return { reason: 'circuit_open', delayMs };
  if (cause.kind === 'auth_invalid') return { reason: 'connection', delayMs: RECONNECT_LOOK_MS, refused: true };
  if (cause.kind === 'auth_expired') return { reason: 'connection', delayMs: RECONNECT_LOOK_MS };
  return undefined;
}

/** Every failure has a class and every class one consequence; both ends are terminal events. */
export function decide(failure: RunFailure, context: DecisionContext): Decision {
  const error: ExecutionFailure = { code: failure.code, class: failure.class, message: failure.message };
  if (failure.code === 'effect_in_doubt') return { kind: 'dead-letter', error };
  const wait = waitOf(failure);
  if (wait !== undefined) return { kind: 'wait', ...wait, error, countsAsAttempt: false };
  if (failure.class === 'give_up') return { kind: 'fail', error };
  if (context.stopping) return { kind: 'hand-back' };
  if (context.attempt >= context.maxAttempts) return { kind: 'dead-letter', error };
  const backoff = backoffMs(context.attempt, context.retryBaseMs, context.random);
  return {
    kind: 'wait',
    reason: 'retry',
    delayMs: Math.max(backoff, failure.retryAfterMs ?? 0),
    error,
    countsAsAttempt: true,
  };
}
