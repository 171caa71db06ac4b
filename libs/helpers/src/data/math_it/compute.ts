import { Decimal } from 'decimal.js';
import { HelperFailure } from '../../_kit/helper-failure.js';

export const OPERATIONS = [
  'add',
  'subtract',
  'multiply',
  'divide',
  'round',
  'ceil',
  'floor',
  'abs',
  'percent',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Operations of two numbers. */
export const NEEDS_OPERAND: ReadonlySet<Operation> = new Set(['add', 'subtract', 'multiply', 'divide', 'percent']);

/** More digits than any field holds, so that only the last rounding shows. Halves go away from zero. */
const Exact = Decimal.clone({ precision: 120, rounding: Decimal.ROUND_HALF_UP });

function apply(operation: Operation, value: Decimal, operand: Decimal): Decimal {
  switch (operation) {
    case 'add':
      return value.plus(operand);
    case 'subtract':
      return value.minus(operand);
    case 'multiply':
      return value.times(operand);
    case 'divide':
      if (operand.isZero()) throw new HelperFailure('division_by_zero', 'give_up', 'A number cannot be divided by 0.');
      return value.dividedBy(operand);
    case 'percent':
      return value.times(operand).dividedBy(100);
    case 'ceil':
      return value.ceil();
    case 'floor':
      return value.floor();
    case 'abs':
      return value.abs();
    case 'round':
      return value;
  }
}

/**
 * One step of decimal arithmetic.
 * @param places decimal places of the result, whatever the operation
 * @returns a whole result without a point, any other with exactly `places` digits behind it; never an exponent
 * @throws HelperFailure `division_by_zero`
 */
export function compute(operation: Operation, value: Decimal, operand: Decimal, places: number): string {
  const result = apply(operation, new Exact(value), new Exact(operand)).toDecimalPlaces(places);
  if (result.isZero()) return '0';
  return result.isInteger() ? result.toFixed(0) : result.toFixed(places);
}
