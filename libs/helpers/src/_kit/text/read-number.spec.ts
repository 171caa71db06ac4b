import { describe, expect, test } from '@jest/globals';
import { readNumber } from './read-number.js';

describe('readNumber', () => {
  test.each([
    ['12', '12'],
    [' -3.50 ', '-3.5'],
    ['+.5', '0.5'],
    ['5.', '5'],
    ['1,234,567.89', '1234567.89'],
    ['1 234', '1234'],
    ['$5', '5'],
    ['-€5', '-5'],
    ['£-5', '-5'],
    ['5 kr'.replace(' kr', '¥'), '5'],
    ['1e3', '1000'],
    [7.25, '7.25'],
  ])('%p is %s', (value, expected) => {
    expect(readNumber(value)?.toFixed()).toBe(expected);
  });

  test.each([
    '',
    '-',
    '$',
    '.',
    ',',
    '1,23',
    '1,2345',
    '12,34,567',
    '1.2.3',
    '--1',
    '$1$',
    '12kg',
    '5%',
    'NaN',
    'Infinity',
    '0x1F',
    '1e999',
    'e5',
  ])('%p is not numeric', (value) => {
    expect(readNumber(value)).toBeNull();
  });

  test.each([null, undefined, true, Number.NaN, Number.POSITIVE_INFINITY, ['1'], {}])('%p is not numeric', (value) => {
    expect(readNumber(value)).toBeNull();
  });
});
