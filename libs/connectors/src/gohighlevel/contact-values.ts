import type { FieldValue } from '../_kit/contact.js';
import { dateText, parseInstant } from '../_kit/translate/dates.js';
import type { GhlContact } from './schemas.js';

/** From here upwards a number is milliseconds since 1970, below it seconds. */
const LEAST_MILLISECONDS = 1e11;

/** An instant in any of the forms in which the vendor writes them. */
export function readInstant(value: unknown): Date | undefined {
  if (typeof value === 'string' && !/^-?\d+$/.test(value.trim())) return parseInstant(value);
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  return new Date(Math.abs(number) >= LEAST_MILLISECONDS ? number : number * 1000);
}

/** RFC 3339 in UTC; what cannot be read as an instant is left out. */
export function instantOf(value: string | number | null | undefined): string | undefined {
  return readInstant(value)?.toISOString();
}

/** YYYY-MM-DD; search results write birthdays in milliseconds, which lie before 1973 for many people. */
export function dayOf(value: string | number | null | undefined): string | undefined {
  const date = typeof value === 'number' ? new Date(value) : readInstant(value);
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : dateText(date);
}

export function lineOf({ address1, address }: GhlContact): string | null | undefined {
  return address1 ?? address;
}

/** A custom field's value as a value of the product; nothing, an empty text and an empty list are the same. */
export function customValue(value: unknown): FieldValue {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(listed);
  const parts: unknown[] = Object.values(value);
  return parts.length === 0 ? null : parts.map(listed);
}

/** Text boxes come as an object of texts, uploaded files as an object of objects that hold the file's address. */
function listed(part: unknown): string {
  if (typeof part === 'string' || typeof part === 'number' || typeof part === 'boolean') return String(part);
  if (typeof part === 'object' && part !== null && 'url' in part && typeof part.url === 'string') return part.url;
  return JSON.stringify(part);
}
