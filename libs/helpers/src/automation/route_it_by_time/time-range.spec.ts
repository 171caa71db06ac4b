import { expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { isWithin, minuteOfDay } from './time-range.js';

test.each([
  ['09:00', 540],
  ['9:5', 545],
  ['00:00', 0],
  ['23:59', 1439],
  ['24:00', null],
  ['12:60', null],
  ['12:00:00', null],
  ['noon', null],
  ['', null],
])('%s is minute %s', (text, minute) => {
  expect(minuteOfDay(text)).toBe(minute);
});

const range = (start: string, end: string, days: number[] = []) => ({
  start: minuteOfDay(start) ?? 0,
  end: minuteOfDay(end) ?? 0,
  days,
});
const FRIDAY = 5;

test.each([
  ['both ends belong to it', range('09:00', '17:00'), '2026-03-13T17:00:59Z', true],
  ['one minute later does not', range('09:00', '17:00'), '2026-03-13T17:01:00Z', false],
  ['over midnight, before it', range('22:00', '06:00'), '2026-03-13T23:15:00Z', true],
  ['over midnight, after it', range('22:00', '06:00'), '2026-03-13T06:00:30Z', true],
  ['over midnight, outside', range('22:00', '06:00'), '2026-03-13T06:01:00Z', false],
  ['start and end are the same minute', range('12:00', '12:00'), '2026-03-13T12:00:30Z', true],
  ['and nothing beside it', range('12:00', '12:00'), '2026-03-13T12:01:00Z', false],
  ['on its weekday', range('22:00', '06:00', [FRIDAY]), '2026-03-13T22:30:00Z', true],
  ['in the night after its weekday', range('22:00', '06:00', [FRIDAY]), '2026-03-14T05:00:00Z', true],
  ['not in the night before', range('22:00', '06:00', [FRIDAY]), '2026-03-13T05:00:00Z', false],
])('%s', (_case, times, instant, within) => {
  expect(isWithin(times, DateTime.fromISO(instant, { zone: 'utc' }))).toBe(within);
});
