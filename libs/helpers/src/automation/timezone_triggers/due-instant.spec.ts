import { expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { nextOccurrence, readTime } from './due-instant.js';

test.each([
  ['9:00 AM', { hour: 9, minute: 0 }],
  ['12:30 am', { hour: 0, minute: 30 }],
  ['12:00 PM', { hour: 12, minute: 0 }],
  ['14:05', { hour: 14, minute: 5 }],
  ['9 p.m.', { hour: 21, minute: 0 }],
  ['24:00', null],
  ['13:00 PM', null],
  ['9', null],
  ['noon', null],
])('%s is %p', (text, time) => {
  expect(readTime(text)).toEqual(time);
});

const MONDAY = 1;
const next = (now: string, zone: string, time = { hour: 9, minute: 0 }, day = MONDAY) =>
  nextOccurrence(DateTime.fromISO(now, { zone }), day, time).toUTC().toISO({ suppressMilliseconds: true });

test.each([
  ['2026-01-15T12:00:00Z', 'America/Denver', '2026-01-19T16:00:00Z'],
  ['2026-01-19T15:59:00Z', 'America/Denver', '2026-01-19T16:00:00Z'],
  ['2026-01-19T16:00:00Z', 'America/Denver', '2026-01-26T16:00:00Z'],
  ['2026-03-06T12:00:00Z', 'America/Denver', '2026-03-09T15:00:00Z'],
  ['2026-01-18T23:30:00Z', 'Asia/Tokyo', '2026-01-19T00:00:00Z'],
])('after %s in %s it is %s', (now, zone, due) => {
  expect(next(now, zone)).toBe(due);
});

test('a time that the clocks skip is moved', () => {
  expect(next('2026-03-07T12:00:00Z', 'America/Denver', { hour: 2, minute: 30 }, 7)).toBe('2026-03-08T09:30:00Z');
});
