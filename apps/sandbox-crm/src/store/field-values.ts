import type { CustomFieldRecord, FieldValue } from './records.js';

const DATE = /^\d{4}-\d{2}-\d{2}/;
const YES = new Set(['true', 'yes', '1']);
const NO = new Set(['false', 'no', '0']);

/**
 * Brings a value into the form in which its field keeps it: numbers as numbers, dates as `YYYY-MM-DD` or ISO in UTC,
 * lists as lists. Answers null for an empty value and undefined for one that the field cannot hold.
 */
export function toFieldValue(field: CustomFieldRecord, value: unknown): FieldValue | null | undefined {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return null;
  switch (field.type) {
    case 'whole_number':
      return wholeNumber(value);
    case 'decimal':
    case 'currency':
    case 'percent':
      return number(value);
    case 'date':
      return date(value)?.slice(0, 10);
    case 'date_time':
      return date(value);
    case 'yes_no':
      return yesNo(value);
    case 'multi_choice':
      return choices(field, value);
    case 'choice':
    case 'radio':
      return choice(field, value);
    default:
      return plain(value);
  }
}

function number(value: unknown): number | undefined {
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : undefined;
}

function wholeNumber(value: unknown): number | undefined {
  const parsed = number(value);
  return parsed !== undefined && Number.isInteger(parsed) ? parsed : undefined;
}

function date(value: unknown): string | undefined {
  if (typeof value !== 'string' || !DATE.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

function yesNo(value: unknown): boolean | undefined {
  const word = String(value).toLowerCase();
  if (YES.has(word)) return true;
  return NO.has(word) ? false : undefined;
}

function choice(field: CustomFieldRecord, value: unknown): string | undefined {
  const given = plain(value);
  return field.options.find((option) => option.id === given)?.label ?? given;
}

function choices(field: CustomFieldRecord, value: unknown): string[] | undefined {
  const given: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [value];
  const chosen: string[] = [];
  for (const item of given) {
    const label = choice(field, typeof item === 'string' ? item.trim() : item);
    if (label === undefined) return undefined;
    chosen.push(label);
  }
  return chosen;
}

function plain(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
