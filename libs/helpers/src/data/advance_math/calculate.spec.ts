import { Decimal } from 'decimal.js';
import { describe, expect, test } from '@jest/globals';
import { calculate, type Operation } from './calculate.js';

const result = (operation: Operation, value: number | string, second: number | string = 0): number =>
  calculate(operation, new Decimal(value), new Decimal(second));

describe('one operation', () => {
  test.each<[Operation, number | string, number | string, number]>([
    ['power', 2, 10, 1024],
    ['power', '1.1', 2, 1.21],
    ['power', 2, -1, 0.5],
    ['power', 0, 0, 1],
    ['power', -2, 3, -8],
    ['power', 10, -1000000, 0],
    ['power', -1, '1000000000001', -1],
    ['sqrt', 2, 0, Math.SQRT2],
    ['sqrt', '-0', 0, 0],
    ['round', '2.5', 0, 3],
    ['round', '-2.5', 0, -3],
    ['round', '-0.4', 0, 0],
    ['ceil', '-1.5', 0, -1],
    ['floor', '-1.5', 0, -2],
    ['min', '0.1', '0.10', 0.1],
    ['max', -5, -7, -5],
  ])('%s of %p and %p is %p', (operation, value, second, expected) => {
    expect(result(operation, value, second)).toBe(expected);
  });

  test('a negative number has no root', () => {
    expect(() => result('sqrt', '-0.01')).toThrow(expect.objectContaining({ code: 'negative_square_root' }));
  });

  test.each([
    [10, 400],
    [-8, '0.5'],
    [0, -1],
    ['1.0000001', 1e15],
    [9, '123456789012345678901234567890'],
  ])('%p to the power of %p is no number for a field, and found out at once', (value, exponent) => {
    const begun = performance.now();
    expect(() => result('power', value, exponent)).toThrow(expect.objectContaining({ code: 'result_not_finite' }));
    expect(performance.now() - begun).toBeLessThan(200);
  });
});
