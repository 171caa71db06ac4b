import { expect, test } from '@jest/globals';
import { HelperFailure } from '../../_kit/helper-failure.js';
import { durationMs, readDeadline, readInstant } from './deadline.js';

test.each([
  [{ days: 0, hours: 1.5, minutes: 0 }, 5_400_000],
  [{ days: 0.1, hours: 0, minutes: 0 }, 8_640_000],
  [{ days: 2, hours: 3, minutes: 30 }, 185_400_000],
  [{ days: 0, hours: 0, minutes: 0 }, 0],
])('%p lasts %s ms', (duration, ms) => {
  expect(durationMs(duration)).toBe(ms);
});

test.each([
  ['2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z'],
  ['2026-02-01T00:00:00-05:00', '2026-02-01T00:00:00-05:00'],
  ['tomorrow', undefined],
  ['2026-02-01', undefined],
  ['2026-02-30T00:00:00Z', undefined],
  ['2026-02-01T00:00:00', undefined],
])('%s is the instant %s', (text, instant) => {
  expect(readInstant(text)?.toISO({ suppressMilliseconds: true })).toBe(instant);
});

test.each([
  ['2026-03-01', 'UTC', '2026-03-01T23:59:59.000Z'],
  ['2026-03-01', 'America/New_York', '2026-03-02T04:59:59.000Z'],
  ['03/01/2026', 'UTC', '2026-03-01T23:59:59.000Z'],
  ['2026-03-01 10:00', 'UTC', '2026-03-01T10:00:00.000Z'],
  [1772359200, 'UTC', '2026-03-01T10:00:00.000Z'],
])('%s in %s ends at %s', (value, zone, end) => {
  expect(readDeadline(value, zone).toUTC().toISO()).toBe(end);
});

test.each([null, '', 'soon', true])('%p is no deadline', (value) => {
  expect(() => readDeadline(value, 'UTC')).toThrow(HelperFailure);
});
