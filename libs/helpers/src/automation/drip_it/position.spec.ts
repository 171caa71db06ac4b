import { expect, test } from '@jest/globals';
import { HelperFailure } from '../../_kit/helper-failure.js';
import { readPosition } from './position.js';

test.each([
  [null, 0],
  ['', 0],
  ['  ', 0],
  ['2', 2],
  [2, 2],
  ['1.0', 1],
  ['007', 7],
])('%p is position %s', (value, position) => {
  expect(readPosition(value, 'step')).toBe(position);
});

test.each(['two', '-1', '1.5', '1e3', '2 of 3', '99999999999999999999', true])('%p is none', (value) => {
  expect(() => readPosition(value, 'step')).toThrow(HelperFailure);
});
