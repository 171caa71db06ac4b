import { listed, one, type Form } from '../../server/form.js';
import { Refusal } from '../dialect.js';

const DEFAULT_PAGE_SIZE = 100;
const MAX_PAGE_SIZE = 1000;

/** How a list may be ordered: name of the order -> key of an item. */
export type OrderKeys<T> = Readonly<Record<string, (item: T) => string | number>>;

/** Where a page ended: the key and the id of its last item, so that new records do not shift the next page. */
type Cursor = [key: string | number, id: string];

export interface Page<T> {
  items: T[];
  nextPageToken: string;
}

/**
 * One page of a list by `page_size`, `page_token` and `order_by`. The source is taken to be in the order of its ids;
 * `first` of the order keys is the order when none is asked for.
 */
export function pageOf<T extends { id: string }>(source: Iterable<T>, query: Form, keys: OrderKeys<T>): Page<T> {
  const size = pageSize(query);
  const { key, descending, byId } = orderOf(query, keys);
  const cursor = cursorOf(query);
  const direction = descending ? -1 : 1;
  const order = (a: Cursor, b: Cursor): number => direction * (compare(a[0], b[0]) || compareIds(a[1], b[1]));
  const items: T[] = [];
  for (const item of byId && !descending ? source : sorted(source, key, order)) {
    if (cursor !== undefined && order([key(item), item.id], cursor) <= 0) continue;
    if (items.length === size) return { items, nextPageToken: tokenAfter(items.at(-1), key) };
    items.push(item);
  }
  return { items, nextPageToken: '' };
}

/** The numeric order of ids that are digits. */
export function idKey(item: { id: string }): number {
  return Number(item.id);
}

/** The id that a walk by id goes on from; undefined for a first page and for other orders. */
export function resumeId<T>(query: Form, keys: OrderKeys<T>): number | undefined {
  const { byId, descending } = orderOf(query, keys);
  return byId && !descending ? Number(cursorOf(query)?.[1] ?? Number.NaN) || undefined : undefined;
}

function pageSize(query: Form): number {
  const given = one(query, 'page_size');
  if (given === undefined || given === '') return DEFAULT_PAGE_SIZE;
  const size = Number(given);
  if (!Number.isInteger(size) || size < 0 || size > MAX_PAGE_SIZE) {
    throw new Refusal(400, `page_size must be a whole number from 0 to ${MAX_PAGE_SIZE}`, 'page_size');
  }
  return size === 0 ? DEFAULT_PAGE_SIZE : size;
}

function orderOf<T>(query: Form, keys: OrderKeys<T>) {
  const [defaultName = ''] = Object.keys(keys);
  const [name = '', direction = 'asc'] = (one(query, 'order_by') ?? defaultName).trim().split(/\s+/);
  const key = keys[name];
  if (key === undefined || !['asc', 'desc'].includes(direction.toLowerCase())) {
    throw new Refusal(400, `order_by must be one of ${Object.keys(keys).join(', ')} with asc or desc`, 'order_by');
  }
  return { key, descending: direction.toLowerCase() === 'desc', byId: name === 'id' };
}

function sorted<T extends { id: string }>(
  source: Iterable<T>,
  key: (item: T) => string | number,
  order: (a: Cursor, b: Cursor) => number,
): T[] {
  const keyed = Array.from(source, (item): [Cursor, T] => [[key(item), item.id], item]);
  return keyed.sort((a, b) => order(a[0], b[0])).map(([, item]) => item);
}

function compare(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function compareIds(a: string, b: string): number {
  const [left, right] = [Number(a), Number(b)];
  return Number.isNaN(left) || Number.isNaN(right) ? compare(a, b) : compare(left, right);
}

function tokenAfter<T extends { id: string }>(last: T | undefined, key: (item: T) => string | number): string {
  return last === undefined ? '' : Buffer.from(JSON.stringify([key(last), last.id])).toString('base64url');
}

function cursorOf(query: Form): Cursor | undefined {
  const token = one(query, 'page_token');
  if (token === undefined || token === '') return undefined;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (Array.isArray(parsed) && parsed.length === 2) return parsed as Cursor;
  } catch (error) {
    throw new Refusal(400, `page_token is not valid: ${String(error)}`, 'page_token');
  }
  throw new Refusal(400, 'page_token is not valid', 'page_token');
}

/** The `fields` parameter, checked against what exists. */
export function fieldsOf(query: Form, known: ReadonlySet<string>): string[] | undefined {
  const fields = listed(query, 'fields');
  const unknown = fields?.find((field) => !known.has(field));
  if (unknown !== undefined) throw new Refusal(400, `fields: ${unknown} is not a property`, 'fields');
  return fields;
}

/** The `update_mask` parameter, checked against what can be changed; absent means all that the body holds. */
export function maskOf(query: Form, known: ReadonlySet<string>): ReadonlySet<string> | undefined {
  const mask = listed(query, 'update_mask');
  const unknown = mask?.find((field) => !known.has(field));
  if (unknown !== undefined) throw new Refusal(400, `update_mask: ${unknown} cannot be updated`, 'update_mask');
  return mask === undefined || mask.length === 0 ? undefined : new Set(mask);
}
