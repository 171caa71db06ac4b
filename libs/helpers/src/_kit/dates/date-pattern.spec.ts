import { DateTime } from 'luxon';
import { describe, expect, test } from '@jest/globals';
import { formatDate, isDatePattern } from './date-pattern.js';

const at = DateTime.fromISO('2026-03-05T07:08:09.120+05:30', { setZone: true });
const utc = DateTime.fromISO('2026-11-25T00:00:00Z', { zone: 'UTC' });

describe('formatDate', () => {
  test.each([
    ['YYYY-MM-DD', '2026-03-05'],
    ['D.M.YY', 'D.M.26'.replace('D.M', '5.3')],
    ['dddd, MMMM D, YYYY [at] h:mm A', 'Thursday, March 5, 2026 at 7:08 AM'],
    ['YYYY-MM-DDTHH:mm:ssZ', '2026-03-05T07:08:09+05:30'],
    ['Mon, 02 Jan 2006 15:04:05 -0700', 'Thu, 05 Mar 2026 07:08:09 +0530'],
    ['January', 'March'],
    ['Z0700|Z07:00|Z07', '+0530|+05:30|+05'],
    ['3:04:05.00 PM', '7:08:09.12 AM'],
    ['.999', '.12'],
    ['MST', '+0530'],
    ['_2/1/06', ' 5/3/26'],
  ])('%s', (pattern, expected) => {
    expect(formatDate(at, pattern)).toBe(expected);
  });

  test('UTC has its own signs', () => {
    expect(formatDate(utc, 'Z07:00 MST 002 __2')).toBe('Z UTC 329 329');
    expect(formatDate(utc, 'YYYY Z')).toBe('2026 +00:00');
  });

  test('words around the parts stay', () => {
    expect(formatDate(utc, 'due on 2006-01-02')).toBe('due on 2026-11-25');
  });
});

test.each([
  ['YYYY', true],
  ['hh', true],
  ['2006', true],
  ['15h', true],
  ['foo', false],
  ['D/M/Y', false],
  ['h:mm A', false],
])('%s is a pattern: %p', (pattern, expected) => {
  expect(isDatePattern(pattern)).toBe(expected);
});
