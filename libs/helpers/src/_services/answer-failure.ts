import { HelperFailure } from '../_kit/helper-failure.js';
import type { HelperHttpResponse } from '../_kit/ports.js';

/** Seconds of `Retry-After`, when the answer names some. */
function retryAfterMs({ headers }: HelperHttpResponse): number | undefined {
  const seconds = Number.parseInt(headers['retry-after'] ?? '', 10);
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}

/**
 * What an answer that is no success means: 429 and answers from 500 on may pass, everything else is final. Up to 499
 * the service says itself that it did nothing.
 * @param who names the service in the message
 * @param reason the service's own word, without anything secret
 */
export function answerFailure(who: string, answer: HelperHttpResponse, reason = ''): HelperFailure {
  const { status } = answer;
  const wait = retryAfterMs(answer);
  const detail = reason === '' ? '' : `: ${reason.slice(0, 200)}`;
  return new HelperFailure(
    status === 429 ? 'rate_limited' : 'upstream_error',
    status === 429 || status >= 500 ? 'retry' : 'give_up',
    `${who} answered ${status}${detail}.`,
    { nothingDone: status >= 400 && status < 500, ...(wait === undefined ? {} : { retryAfterMs: wait }) },
  );
}
