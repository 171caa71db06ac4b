import { expect, test } from '@jest/globals';
import { fieldText, isEmptyValue } from './field-text.js';

test.each([
  [null, ''],
  [undefined, ''],
  ['x', 'x'],
  [1234567, '1234567'],
  [1e21, '1000000000000000000000'],
  [1e-7, '0.0000001'],
  [49.5, '49.5'],
  [-0, '0'],
  [Number.NaN, ''],
  [true, 'true'],
  [['a', 2, null], 'a, 2, '],
  [{ a: 1 }, '{"a":1}'],
])('%p as text is %p', (value, expected) => {
  expect(fieldText(value)).toBe(expected);
});

test('zero, false and blanks are values', () => {
  expect([0, false, ' '].map(isEmptyValue)).toEqual([false, false, false]);
  expect([null, undefined, '', []].map(isEmptyValue)).toEqual([true, true, true, true]);
});

test('structures are JSON whose numbers have no exponent', () => {
  expect(fieldText([{ a: [1e21, 0.5], b: null, c: undefined, d: 'x"y' }])).toBe(
    '{"a":[1000000000000000000000,0.5],"b":null,"d":"x\\"y"}',
  );
});
