import { expect, it } from '@jest/globals';
import { parseRetryAfter } from './retry-after.js';

const now = Date.UTC(2026, 0, 15, 12, 0, 0);

it.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['1.5', 1_500],
  ['Thu, 15 Jan 2026 12:00:30 GMT', 30_000],
  ['Thursday, 15-Jan-26 12:01:00 GMT', 60_000],
  ['Thu, 15 Jan 2026 11:59:00 GMT', 0],
  ['99999999', 86_400_000],
])('reads %j as %d ms', (value, ms) => {
  expect(parseRetryAfter(value, now)).toBe(ms);
});

it.each([undefined, '', 'soon', '-5', '12 minutes', '2026'.repeat(3) + 'x'])('reads nothing in %j', (value) => {
  expect(parseRetryAfter(value, now)).toBeUndefined();
});
