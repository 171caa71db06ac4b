import { expect, test } from '@jest/globals';
import { amountOf } from './lifetime-value.js';

test.each([
  [12.5, '12.5'],
  ['1,234.50', '1234.5'],
  ['$99', '99'],
  ['150.25 USD', '150.25'],
  ['-3x', '-3'],
  ['.5 EUR', '0.5'],
  ['', '0'],
  [null, '0'],
  ['none', '0'],
  ['NaN', '0'],
  ['Infinity', '0'],
  [true, '0'],
])('%j is an amount of %s', (value, expected) => {
  expect(amountOf(value).toFixed()).toBe(expected);
});
