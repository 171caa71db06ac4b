import type { Answer } from '../../server/answer.js';
import { Refusal } from '../dialect.js';

/** One account, whoever asks. */
const ACCOUNT_ID = 50_001;

const TEXT = { 'content-type': 'text/html; charset=utf-8' };

export function success(data: unknown, more: Readonly<Record<string, unknown>> = {}): Answer {
  return { status: 200, body: { code: 0, data, account_id: ACCOUNT_ID, ...more } };
}

/** Some successes have nothing to say, not even an empty `data`. */
export function silentSuccess(): Answer {
  return { status: 200, body: { code: 0, account_id: ACCOUNT_ID } };
}

/** What is missing is said in a plain text, the rest in the envelope. */
export function refusedAnswer({ status, message }: Refusal): Answer {
  if (status === 404) return { status, body: message, headers: TEXT };
  return { status, body: errorBody(status, message) };
}

/** Text that no JSON parser reads. */
export function unauthorizedAnswer(): Answer {
  return { status: 401, body: unauthorizedText, headers: TEXT };
}

/** The usual body for a status that only a planned fault produces. */
export function faultBody(status: number): unknown {
  if (status === 401) return unauthorizedText;
  if (status === 404) return notFoundText;
  return errorBody(status, status === 429 ? 'Rate limit exceeded' : 'Planned fault of the sandbox');
}

export const notFoundText = 'Object not found';

const unauthorizedText = 'Your App ID and API Key do not authenticate.';

function errorBody(status: number, message: string): Record<string, unknown> {
  return { code: status, data: message, account_id: ACCOUNT_ID };
}
