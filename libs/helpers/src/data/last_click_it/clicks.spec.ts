import { expect, test } from '@jest/globals';
import { clickCount, clicksPerPeriod, isAchieved } from './clicks.js';

test.each([
  [18, 18],
  [18.9, 18],
  [' 18 ', 18],
  ['18.9', 0],
  ['many', 0],
  [null, 0],
  [Number.NaN, 0],
])('%p clicks count as %p', (value, expected) => {
  expect(clickCount(value)).toBe(expected);
});

test.each([
  [18, 7, 4],
  [18, 30, 18],
  [18, 31, 18],
  [18, 0, 4],
  [5, 1, 0],
])('%p clicks make, in periods of %p days, %p each', (clicks, days, expected) => {
  expect(clicksPerPeriod(clicks, days)).toBe(expected);
});

test('an achieved goal is true or 1', () => {
  expect([true, 1, 'true', ' TRUE', '1'].every(isAchieved)).toBe(true);
  expect([false, 0, null, '', 'yes'].some(isAchieved)).toBe(false);
});
