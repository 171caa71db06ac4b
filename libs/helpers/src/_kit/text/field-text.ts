import { Decimal } from 'decimal.js';

/** Null and the empty text; zero, false and blanks are values. */
export const isEmptyValue = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** Plain decimal digits, no exponent, no superfluous zeros. What is no finite number has no text. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return '';
  return new Decimal(value === 0 ? 0 : value).toFixed();
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
  return JSON.stringify(value);
}
