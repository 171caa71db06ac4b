import type { QueryOptions } from '../_kit/contact.js';
import { cursorOf, stateOfCursor } from '../_kit/cursor.js';

/** Where a listing goes on: the vendor's own marker, and how many contacts came before it. */
export interface Position {
  after: unknown[];
  seen: number;
}

const VENDOR = 'gohighlevel';

export function nextCursor(query: QueryOptions, { after, seen }: Position): string {
  return cursorOf({ vendor: VENDOR, query }, JSON.stringify([seen, ...after]));
}

/** @returns undefined for a cursor of another query, and for one that is none */
export function positionOf(query: QueryOptions, cursor: string): Position | undefined {
  const state = stateOfCursor({ vendor: VENDOR, query }, cursor);
  if (state === undefined) return undefined;
  const [seen, ...after] = JSON.parse(state) as [number, ...unknown[]];
  return { seen, after };
}
