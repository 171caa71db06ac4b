import { Injectable } from '@nestjs/common';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Problem } from '#contracts';
import type { AccountScope } from '#contracts';

/** What a cursor is valid for; used anywhere else it is refused. */
export interface CursorBinding {
  /** Undefined for lists that are the same for everybody. */
  scope: AccountScope | undefined;
  /** The filter of the list, as the handler normalised it (key order does not matter). */
  filter: unknown;
  /** The list and its order, such as `executions:-created_at`. */
  order: string;
}

/** Values of the order fields of an item. */
export type CursorPosition = readonly (string | number | boolean | null | readonly string[])[];

const SIGNATURE_BYTES = 16;

/** JSON with sorted keys, so that equal filters give equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner) && !(inner instanceof Date)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}

function signature(secret: string, position: string, { scope, filter, order }: CursorBinding): Buffer {
  const bound = canonical([scope?.accountId ?? null, filter ?? null, order, position]);
  return createHmac('sha256', secret).update(bound).digest().subarray(0, SIGNATURE_BYTES);
}

/**
 * Makes the opaque text of a position in a list.
 * @param position values of the sort fields of the last item (JSON; dates as ISO text)
 */
export function signCursor(secret: string, binding: CursorBinding, position: CursorPosition): string {
  const text = JSON.stringify(position);
  return Buffer.concat([signature(secret, text, binding), Buffer.from(text)]).toString('base64url');
}

/** @throws 400 `request.invalid_query_parameter` for a tampered cursor and for one of another account, filter or order */
export function readCursor(secret: string, binding: CursorBinding, cursor: string): CursorPosition {
  const bytes = Buffer.from(cursor, 'base64url');
  const text = bytes.subarray(SIGNATURE_BYTES).toString('utf8');
  const given = bytes.subarray(0, SIGNATURE_BYTES);
  const genuine =
    given.length === SIGNATURE_BYTES &&
    bytes.toString('base64url') === cursor &&
    timingSafeEqual(given, signature(secret, text, binding)) &&
    cursor.length <= 2_048;
  if (!genuine) {
    const text = 'The cursor is not one of this list with this filter and order; leave it out to begin anew';
    throw new Problem(400, 'request.invalid_query_parameter', text);
  }
  return JSON.parse(text) as CursorPosition;
}

/** Cursors with the key of this installation. */
@Injectable()
export class Cursors {
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  sign(binding: CursorBinding, position: CursorPosition): string {
    return signCursor(this.#key, binding, position);
  }

  read(binding: CursorBinding, cursor: string): CursorPosition {
    return readCursor(this.#key, binding, cursor);
  }
}
