import { setTimeout as sleep } from 'node:timers/promises';
import { ConstantBackoff, handleWhen, retry } from 'cockatiel';
import { ConnectorError, isConnectorError } from '../connector-error.js';
import type { ConnectorRun } from './vendor-call.js';

const TRIES = 3;
/** All tries of one call together; what takes longer goes back to the queue instead of holding a place. */
const TRYING_MS = 10_000;
/** The longest pause that is worth holding a place for. */
const LONGEST_PAUSE_MS = 2_000;
const FIRST_BACKOFF_MS = 1_000;

export interface RetryContext {
  platform: string;
  repeatable: boolean;
  run: ConnectorRun;
  now(): Date;
  random(): number;
}

/**
 * Makes a call up to three times within ten seconds. A call that must not be made twice is only made again when
 * nothing of it was sent, or when the vendor refused it for its rate limit. Longer pauses are left to the caller: the
 * error says when to come back.
 */
export async function retrying<T>(work: () => Promise<T>, context: RetryContext): Promise<T> {
  const { run } = context;
  const startedAt = performance.now();
  let failures = 0;
  let pause = { ms: 0, hinted: false };

  const again = (error: unknown): boolean => {
    failures += 1;
    if (!isConnectorError(error) || !mayRepeat(error, context.repeatable)) return false;
    const hinted = error.retryAfterMs !== undefined;
    const ms = error.retryAfterMs ?? context.random() * FIRST_BACKOFF_MS * 2 ** (failures - 1);
    pause = { ms, hinted };
    return ms <= LONGEST_PAUSE_MS && performance.now() - startedAt + ms < TRYING_MS;
  };
  const policy = retry(handleWhen(again), { maxAttempts: TRIES - 1, backoff: new ConstantBackoff(0) });

  return policy.execute(async ({ attempt }) => {
    if (attempt > 0) {
      run.onWait?.({
        reason: pause.hinted ? 'rate_limit' : 'backoff',
        until: new Date(context.now().getTime() + pause.ms),
      });
      await waitFor(pause.ms, run.signal, context.platform);
    }
    return work();
  });
}

function mayRepeat(error: ConnectorError, repeatable: boolean): boolean {
  switch (error.kind) {
    case 'rate_limited':
      return repeatable || error.outcome !== 'unknown';
    case 'network':
    case 'server':
      return repeatable || error.outcome === 'not_sent';
    default:
      return false;
  }
}

async function waitFor(ms: number, signal: AbortSignal | undefined, platform: string): Promise<void> {
  try {
    await sleep(ms, undefined, signal === undefined ? {} : { signal });
  } catch (cause) {
    const message = 'The caller ended the call during a pause';
    throw new ConnectorError({ kind: 'aborted', platform, message, outcome: 'not_sent', cause });
  }
}
