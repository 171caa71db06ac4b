import { Decimal } from 'decimal.js';

/**
 * Sign and currency may stand in either order before the digits, a currency also behind them. Commas group by three;
 * an exponent is allowed because numbers were once stored in that form.
 */
const NUMBER = /^(?:[+-]?\p{Sc}?|\p{Sc}[+-])(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][+-]?\d{1,3})?\p{Sc}?$/u;

/**
 * Reads a field's value as a number. Text counts when the whole of it, without outer and inner spaces, one currency
 * sign and thousands commas, is a decimal number: `$1,234.50` does, `12kg`, `1,2`, `NaN` and `0x10` do not.
 * @returns null when it is not numeric; the caller decides what an empty field means
 */
export function readNumber(value: unknown): Decimal | null {
  if (typeof value === 'number') return Number.isFinite(value) ? new Decimal(value) : null;
  if (typeof value !== 'string') return null;
  const text = value.replace(/\s/gu, '');
  const currencies = text.match(/\p{Sc}/gu)?.length ?? 0;
  if (currencies > 1 || !NUMBER.test(text)) return null;
  const digits = text.replace(/[\p{Sc},]/gu, '');
  if (!/^[+-]?\.?\d/.test(digits) || !Number.isFinite(Number(digits))) return null;
  return new Decimal(digits);
}
