import { JetStreamApiError } from '@nats-io/jetstream';

const STREAM_NOT_FOUND = 10059;
const CONSUMER_NOT_FOUND = 10014;
const MESSAGE_NOT_FOUND = 10037;
const WRONG_LAST_SEQUENCE = new Set([10071, 10164]);

const codeOf = (error: unknown): number | undefined => (error instanceof JetStreamApiError ? error.code : undefined);

/** The broker says that the stream, consumer or message does not exist. */
export function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === STREAM_NOT_FOUND || code === CONSUMER_NOT_FOUND || code === MESSAGE_NOT_FOUND;
}

/** A publish with an expected last sequence lost against another writer. */
export function isWrongLastSequence(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && WRONG_LAST_SEQUENCE.has(code);
}
