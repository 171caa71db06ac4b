import { createHash } from 'node:crypto';
import type { QueryOptions } from './contact.js';

/** Where a walk through contacts goes on. Opaque outside: nobody may build on a vendor's own tokens. */
export interface CursorOptions {
  /** Tells the cursors of vendors apart. */
  vendor: string;
  /** The query without its page: a cursor goes on with the query that it comes from. */
  query: QueryOptions;
}

/** The cursor of the next page. @param state what the vendor needs to go on */
export function cursorOf(options: CursorOptions, state: string): string {
  return Buffer.from(`${stamp(options, state)}${state}`).toString('base64url');
}

/** @returns undefined for a cursor of another vendor or query, and for a broken one */
export function stateOfCursor(options: CursorOptions, cursor: string): string | undefined {
  const text = Buffer.from(cursor, 'base64url').toString();
  const state = text.slice(STAMP_LENGTH);
  const whole = text.startsWith(stamp(options, state)) && cursorOf(options, state) === cursor;
  return whole && state !== '' ? state : undefined;
}

const STAMP_LENGTH = 12;

/** Of the vendor, the question and the state: a change of any of them shows. It keeps out mistakes, not attacks. */
function stamp({ vendor, query }: CursorOptions, state: string): string {
  const { tag_id: tag, email, order_by: order, filters = {} } = query;
  const names = Object.keys(filters).sort();
  const wanted = names.map((name) => [name, filters[name]]);
  const question = [vendor, state, tag, email?.trim().toLowerCase(), order, wanted];
  return createHash('sha256').update(JSON.stringify(question)).digest('base64url').slice(0, STAMP_LENGTH);
}
