import { GuardedHttpClient, isHttpFailure, type HttpFailureKind, type HttpRequest } from '#http';
import { HelperFailure, type FailureClass, type HelperHttp } from '#helpers';
import type { RunTimeline } from '../run-execution/run-timeline.js';

const FAILURES: Record<HttpFailureKind, [code: string, failureClass: FailureClass]> = {
  network: ['network_error', 'retry'],
  timeout: ['request_timeout', 'retry'],
  aborted: ['aborted', 'retry'],
  too_large: ['response_too_large', 'give_up'],
  blocked: ['blocked_url', 'give_up'],
  too_many_redirects: ['bad_response', 'give_up'],
  invalid_request: ['blocked_url', 'give_up'],
  invalid_answer: ['bad_response', 'give_up'],
  invalid_json: ['bad_response', 'give_up'],
};

/** Where a URL leads, without anything a customer may have put into path or query. */
function origin(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'an address that is no URL';
}

/** Outgoing HTTP of one run: public addresses only, each call in the timeline. */
export function guardedHelperHttp(client: GuardedHttpClient, timeline: RunTimeline, signal: AbortSignal): HelperHttp {
  return {
    async request({ method, url, headers, body, timeoutMs, maxResponseBytes }) {
      const begun = performance.now();
      const note = (status: number): void =>
        timeline.call({
          operation: `http ${method}`,
          target: origin(url),
          status,
          ms: Math.round(performance.now() - begun),
        });
      try {
        const response = await client.request({
          method: method as HttpRequest['method'],
          url,
          signal,
          ...(headers !== undefined && { headers }),
          ...(body !== undefined && { body }),
          ...(timeoutMs !== undefined && { timeoutMs }),
          ...(maxResponseBytes !== undefined && { maxResponseBytes }),
        });
        note(response.status);
        return { status: response.status, headers: response.headers, text: response.text(), bytes: response.bytes };
      } catch (error) {
        if (!isHttpFailure(error)) throw error;
        note(0);
        const [code, failureClass] = FAILURES[error.kind];
        throw new HelperFailure(
          !error.sent && code === 'network_error' ? 'connection_refused' : code,
          failureClass,
          error.message,
          { cause: error },
        );
      }
    },
  };
}
