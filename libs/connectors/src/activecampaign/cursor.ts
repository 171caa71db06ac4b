import type { QueryOptions } from '../_kit/contact.js';
import { cursorOf, stateOfCursor } from '../_kit/cursor.js';

/**
 * Where a walk goes on: after (or, downwards, before) the last id, which costs the vendor the same on every page and
 * misses nobody when contacts come and go meanwhile; or at an offset, for orders that cannot go by id.
 */
export interface Place {
  by: 'after' | 'before' | 'offset';
  at: string;
  /** How many there were at the first page: later pages by id count only what is left. */
  total: number;
}

const FORM = /^(after|before|offset):(\d{1,15}):(\d{1,15})$/;
const vendor = 'activecampaign';

export function cursorAt(query: QueryOptions, { by, at, total }: Place): string {
  return cursorOf({ vendor, query }, `${by}:${at}:${total}`);
}

/** @returns undefined for a cursor that is not of this query */
export function placeOf(query: QueryOptions, cursor: string): Place | undefined {
  const [, by, at = '', total = ''] = FORM.exec(stateOfCursor({ vendor, query }, cursor) ?? '') ?? [];
  return by === 'after' || by === 'before' || by === 'offset' ? { by, at, total: Number(total) } : undefined;
}
