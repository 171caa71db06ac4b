import { Decimal } from 'decimal.js';

/** Null and the empty text; zero, false and blanks are values. */
export const isEmptyValue = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** Plain decimal digits, no exponent, no superfluous zeros. What is no finite number has no text. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return '';
  return new Decimal(value === 0 ? 0 : value).toFixed();
}

function objectText(value: object): string {
  const parts = Array.isArray(value)
    ? value.map((each: unknown) => jsonText(each ?? null))
    : Object.entries(value).flatMap(([key, each]) =>
        each === undefined ? [] : [`${JSON.stringify(key)}:${jsonText(each)}`],
      );
  return Array.isArray(value) ? `[${parts.join(',')}]` : `{${parts.join(',')}}`;
}

/** JSON, except that its numbers are plain digits. */
export function jsonText(value: unknown): string {
  if (typeof value === 'number') return numberText(value) === '' ? 'null' : numberText(value);
  return typeof value === 'object' && value !== null ? objectText(value) : (JSON.stringify(value) ?? 'null');
}

/**
 * A value as text, by the rules that hold for every helper: null is the empty text, numbers are plain digits,
 * booleans are `true` and `false`, lists are joined by a comma.
 */
export function fieldText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(fieldText).join(', ');
  return typeof value === 'object' ? objectText(value) : '';
}
