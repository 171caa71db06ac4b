import { describe, expect, test } from '@jest/globals';
import { readDate } from './read-date.js';

describe('readDate', () => {
  test.each([
    ['2026-03-05', '2026-03-05T00:00:00.000Z', true],
    ['2026-3-5', '2026-03-05T00:00:00.000Z', true],
    ['2026-03-05T17:45', '2026-03-05T17:45:00.000Z', false],
    ['2026-03-05 17:45:09.5', '2026-03-05T17:45:09.500Z', false],
    ['2026-03-05T17:45:09-05:00', '2026-03-05T17:45:09.000-05:00', false],
    ['2026-03-05T17:45:09.000+0530', '2026-03-05T17:45:09.000+05:30', false],
    ['12/31/2026', '2026-12-31T00:00:00.000Z', true],
    ['7/4/2026 9:05', '2026-07-04T09:05:00.000Z', false],
    ['12-31-2026 23:59:58', '2026-12-31T23:59:58.000Z', false],
    ['September 9, 2026', '2026-09-09T00:00:00.000Z', true],
    ['9 sep 2026', '2026-09-09T00:00:00.000Z', true],
    [1_767_225_600, '2026-01-01T00:00:00.000Z', false],
    ['1767225600123', '2026-01-01T00:00:00.123Z', false],
  ])('%p', (value, iso, dateOnly) => {
    const read = readDate(value, 'UTC');
    expect(read?.at.toISO()).toBe(iso);
    expect(read?.dateOnly).toBe(dateOnly);
  });

  test('a text without an offset is read in the zone, one with an offset keeps it', () => {
    expect(readDate('2026-07-01', 'America/New_York')?.at.toISO()).toBe('2026-07-01T00:00:00.000-04:00');
    expect(readDate('2026-07-01T00:00:00Z', 'America/New_York')?.at.offset).toBe(0);
  });

  test('a skipped time moves forward by the gap; of one that comes twice the first counts', () => {
    expect(readDate('2026-03-08 02:30:00', 'America/New_York')?.at.toISO()).toBe('2026-03-08T03:30:00.000-04:00');
    expect(readDate('2026-11-01 01:30:00', 'America/New_York')?.at.toISO()).toBe('2026-11-01T01:30:00.000-04:00');
    expect(readDate('2026-04-05 02:30:00', 'Australia/Sydney')?.at.toISO()).toBe('2026-04-05T02:30:00.000+11:00');
  });

  test.each([
    null,
    '12/31-2026',
    '',
    'soon',
    '2026-02-30',
    '31/12/2026',
    '2026-13-01',
    '2026-01-01T25:00:00',
    12,
    true,
    ['2026-01-01'],
    'Foo 1, 2026',
    '20260105',
  ])('%p is no date', (value) => {
    expect(readDate(value, 'UTC')).toBeNull();
  });
});
