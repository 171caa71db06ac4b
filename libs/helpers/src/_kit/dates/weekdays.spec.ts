import { expect, test } from '@jest/globals';
import { weekdayNumber } from './weekdays.js';

test.each([
  ['Monday', 1],
  [' friday ', 5],
  ['SUN', 7],
  ['_wednesday', 3],
  ['Freitag', null],
  ['', null],
])('%s is day %s', (name, number) => {
  expect(weekdayNumber(name)).toBe(number);
});
