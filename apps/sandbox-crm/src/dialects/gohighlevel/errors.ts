import { randomUUID } from 'node:crypto';
import type { Answer } from '../../server/answer.js';
import { Refusal } from '../dialect.js';

const WORDS: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
};

/** The vendor's error form; what its validator refuses comes as a list of sentences. */
export function errorBody(status: number, message: string): Record<string, unknown> {
  const body = { statusCode: status, message: status === 422 ? [message] : message, traceId: randomUUID() };
  return status === 400 ? body : { ...body, error: WORDS[status] ?? 'Internal Server Error' };
}

export function refusedAnswer({ status, message }: Refusal): Answer {
  return { status, body: errorBody(status, message) };
}

export function unauthorizedAnswer(fault: 'missing' | 'unknown' | 'expired'): Answer {
  const messages = {
    missing: 'No authentication token was given',
    unknown: 'Invalid token: access token is invalid',
    expired: 'Invalid token: access token is expired',
  };
  return { status: 401, body: errorBody(401, messages[fault]) };
}

/** The usual body for a status that only a planned fault produces. */
export function faultBody(status: number): unknown {
  return status === 401 ? unauthorizedAnswer('unknown').body : errorBody(status, 'Planned fault of the sandbox');
}

/** What the vendor's validator says of a property. */
export const invalid = (sentence: string): Refusal => new Refusal(422, sentence);

/** Unknown records are bad requests at this vendor. */
export const notFound = (what: string, id: string): Refusal => new Refusal(400, `${what} with id ${id} not found`);

/** A location that has a contact with this address takes no second one. */
export function duplicateAnswer(contactId: string, matchingField: string): Answer {
  const body = errorBody(400, 'This location does not allow duplicated contacts.');
  return { status: 400, body: { ...body, meta: { contactId, matchingField } } };
}
