import { one, type Form } from '../../server/form.js';
import { isObject, type Input } from '../input.js';
import { missing } from './errors.js';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

const OFFSET_HOURS = 5;
const HOUR = 3_600_000;

/** Times come in the zone of the account, with its offset and without fractions. */
export function accountTime(time: number): string {
  return `${new Date(time - OFFSET_HOURS * HOUR).toISOString().slice(0, 19)}-0${OFFSET_HOURS}:00`;
}

/** The object that a request wraps its values in. */
export function wrapped(body: unknown, name: string): Input {
  const inner = isObject(body) ? body[name] : undefined;
  if (!isObject(inner)) throw missing(name);
  return inner;
}

/** Ids are taken as texts and as numbers. */
export function idIn(input: Input, name: string): string {
  const value = input[name];
  if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return String(value);
  throw missing(name);
}

export interface Page<T> {
  items: T[];
  /** The total is a text. */
  meta: { total: string };
}

/** One page by `limit` and `offset`; what is no number there counts as not given. */
export function pageOf<T>(items: readonly T[], query: Form): Page<T> {
  const offset = numberIn(query, 'offset') ?? 0;
  const limit = Math.min(numberIn(query, 'limit') ?? DEFAULT_LIMIT, MAX_LIMIT);
  return { items: items.slice(offset, offset + limit), meta: { total: String(items.length) } };
}

function numberIn(query: Form, name: string): number | undefined {
  const text = one(query, name) ?? '';
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
