import type { Answer } from '../../server/answer.js';
import { Refusal } from '../dialect.js';

/** A refusal of values, with a code and the attribute that it is about. */
export class Unprocessable extends Refusal {
  constructor(
    message: string,
    readonly code: 'duplicate' | 'field_missing' | 'field_invalid',
    readonly attribute: string,
  ) {
    super(422, message, attribute);
  }
}

export function missing(attribute: string): Unprocessable {
  return new Unprocessable(`The ${attribute} attribute was not provided`, 'field_missing', attribute);
}

export function invalid(attribute: string, message: string): Unprocessable {
  return new Unprocessable(message, 'field_invalid', attribute);
}

/** The record of an id, or what the vendor says of an id that does not exist. */
export function existing<T>(record: T | undefined, kind: string, id: string | undefined): T {
  if (record === undefined) throw new Refusal(404, `No Result found for ${kind} with id ${id ?? ''}`, kind);
  return record;
}

/** Says that an id does not exist in the form that taggings have for it. */
export class ListedNotFound extends Refusal {
  constructor(kind: string, id: string) {
    super(404, `No Result found for ${kind} with id ${id}`, kind);
  }
}

export function refusedAnswer(refusal: Refusal): Answer {
  const { status, message } = refusal;
  if (refusal instanceof ListedNotFound) return { status, body: { errors: [{ status, title: message, detail: '' }] } };
  if (!(refusal instanceof Unprocessable)) return { status, body: { message } };
  const { code, attribute } = refusal;
  const error = { title: message, detail: '', code, source: { pointer: `/data/attributes/${attribute}` } };
  return { status, body: { errors: [error] } };
}

/** A missing key, a wrong key and a lacking permission look alike. */
export function unauthorizedAnswer(): Answer {
  return { status: 403, body: { message: 'You are not authorized to do this' } };
}

/** The usual body for a status that only a planned fault produces. */
export function faultBody(status: number): unknown {
  return { message: status === 429 ? 'Too many requests' : 'Planned fault of the sandbox' };
}
