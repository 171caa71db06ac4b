import { HelperFailure } from '../../_kit/helper-failure.js';
import type { HelperHttpResponse } from '../../_kit/ports.js';
import type { RunContext } from '../../_kit/run-context.js';
import { isHttpUrl } from '../../_kit/text/http-url.js';
import { authHeaders } from './authenticate.js';
import type { HookItConfig } from './hook-it.config.js';

type Context = RunContext<HookItConfig>;

export interface WebhookCall {
  /** Unique among the calls of the run; empty for the only one. */
  part: string;
  method: string;
  url: string;
  body: string;
  attempts: number;
}

export interface Delivery {
  status: number;
  /** What was answered, cut. */
  text: string;
  attempts: number;
}

const TIMEOUT_MS = 30_000;
/** What is kept of an answer. */
const KEPT_CHARACTERS = 64 * 1024;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 10_000;
/** A receiver that asks for more is tried again later, from the queue. */
const LONGEST_HELD_MS = 30_000;

export const delivered = ({ status }: Delivery): boolean => status >= 200 && status < 300;

/** Seconds or an HTTP date, as milliseconds from now. */
function retryAfter(response: HelperHttpResponse, now: Date): number {
  const value = response.headers['retry-after'] ?? '';
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now.getTime();
  return Number.isNaN(milliseconds) ? 0 : Math.max(0, milliseconds);
}

/** Doubles from one second, up to a cap; the random part keeps many helpers from knocking at the same moment. */
function backoff({ random }: Context, attempt: number): number {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS);
  return Math.round(wait * (1 + random.next() / 5));
}

const mayPass = (status: number): boolean => status === 429 || status >= 500;

async function once(context: Context, call: WebhookCall): Promise<HelperHttpResponse | HelperFailure> {
  const { executionId } = context.identity;
  const headers = {
    'Content-Type': 'application/json',
    'User-Agent': 'MyFusionHelper/1.0',
    'Idempotency-Key': call.part === '' ? executionId : `${executionId}:${call.part}`,
    ...authHeaders(context, call.body),
  };
  try {
    const { method, url, body } = call;
    return await context.http.request({ method, url, headers, body, timeoutMs: TIMEOUT_MS });
  } catch (error) {
    if (error instanceof HelperFailure && error.failureClass === 'retry' && error.code !== 'aborted') return error;
    throw error;
  }
}

async function attemptAll(context: Context, call: WebhookCall): Promise<Delivery> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await once(context, call);
    const last = attempt >= call.attempts;
    if (answer instanceof HelperFailure) {
      // The attempts that the configuration allows are used up: the queue must not add its own.
      if (last) throw new HelperFailure(answer.code, 'give_up', answer.message, { cause: answer });
      await context.clock.sleep(backoff(context, attempt));
      continue;
    }
    if (last || !mayPass(answer.status)) {
      return { status: answer.status, text: answer.text.slice(0, KEPT_CHARACTERS), attempts: attempt };
    }
    const asked = retryAfter(answer, context.clock.now());
    if (asked > LONGEST_HELD_MS) {
      const message = `The receiver answered ${answer.status} and asks to come back later.`;
      throw new HelperFailure('upstream_error', 'retry', message, { retryAfterMs: asked });
    }
    await context.clock.sleep(Math.max(asked, backoff(context, attempt)));
  }
}

/**
 * Delivers a body once per execution, with the attempts that the call allows: network errors, 429 and answers of 500
 * and more are tried again.
 * @throws HelperFailure `blocked_url`, or that of the last attempt when nobody answered
 */
export async function deliver(context: Context, call: WebhookCall): Promise<Delivery> {
  if (!isHttpUrl(call.url)) throw new HelperFailure('blocked_url', 'give_up', 'Only http and https URLs are called.');
  const { host } = new URL(call.url.trim());
  return context.effect(
    {
      step: call.part === '' ? 'webhook' : `webhook-${call.part}`,
      operation: 'http',
      target: host,
      summary: `${call.method} ${host}`,
    },
    () => attemptAll(context, call),
  );
}
