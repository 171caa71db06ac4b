import { Decimal } from 'decimal.js';
import { HelperFailure } from '../../_kit/helper-failure.js';

export const OPERATIONS = ['power', 'sqrt', 'abs', 'round', 'ceil', 'floor', 'min', 'max'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Operations of two numbers. */
export const NEEDS_SECOND: ReadonlySet<Operation> = new Set(['power', 'min', 'max']);

/** More digits than a number of the CRM holds, so that only the last rounding shows. Halves go away from zero. */
const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP });

/** From here on a number is written with an exponent. */
const LARGEST = 1e21;
const LARGEST_DIGITS = 22;

const tooLarge = (): HelperFailure =>
  new HelperFailure('result_not_finite', 'give_up', 'The result is no number that a field can hold.');

/** To the base of 10, as exactly as a guess of the size needs it: near 1 the distance from 1 tells. */
function logarithm(value: Decimal): number {
  const beyondOne = value.minus(1).toNumber();
  return Math.abs(beyondOne) < 1e-8 ? beyondOne / Math.LN10 : Math.log10(value.toNumber());
}

/** Sizes are compared first: digits that nobody can store are never computed. */
function power(value: Decimal, exponent: Decimal): Decimal {
  if (value.isZero() || value.abs().equals(1)) return value.pow(exponent);
  const digits = exponent.times(logarithm(value.abs()));
  if (digits.greaterThan(LARGEST_DIGITS)) throw tooLarge();
  return digits.lessThan(-400) ? new Exact(0) : value.pow(exponent);
}

function apply(operation: Operation, value: Decimal, second: Decimal): Decimal {
  switch (operation) {
    case 'power':
      return power(value, second);
    case 'sqrt':
      if (value.isNegative() && !value.isZero()) {
        throw new HelperFailure('negative_square_root', 'give_up', 'A negative number has no square root.');
      }
      return value.sqrt();
    case 'abs':
      return value.abs();
    case 'round':
      return value.round();
    case 'ceil':
      return value.ceil();
    case 'floor':
      return value.floor();
    case 'min':
      return Decimal.min(value, second);
    case 'max':
      return Decimal.max(value, second);
  }
}

/**
 * One operation on one or two numbers.
 * @throws HelperFailure `negative_square_root`, `result_not_finite`
 */
export function calculate(operation: Operation, value: Decimal, second: Decimal): number {
  const result = apply(operation, new Exact(value), new Exact(second)).toNumber();
  if (!Number.isFinite(result) || Math.abs(result) >= LARGEST) throw tooLarge();
  return result === 0 ? 0 : result;
}
