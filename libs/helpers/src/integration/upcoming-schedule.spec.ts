import { expect, test } from '@jest/globals';
import { upcomingSchedule } from './upcoming-schedule.js';

const now = new Date('2026-01-15T12:00:00Z');

test.each([
  [
    'the first that is to come',
    [
      ['1', '2026-01-15 11:59'],
      ['2', '2026-01-15 12:30'],
      ['3', '2026-01-20 18:00'],
    ],
    'UTC',
    '2',
  ],
  [
    'the zone of the webinar',
    [
      ['1', '2026-01-15 12:30'],
      ['2', '2026-01-16 09:00'],
    ],
    'Europe/Paris',
    '2',
  ],
  [
    'a text that is no date',
    [
      ['1', '2025-12-31 10:00'],
      ['7', 'Every day, 10:00 AM'],
    ],
    '',
    '7',
  ],
  [
    'none left',
    [
      ['1', '2025-12-31 10:00'],
      ['', '2026-02-01 10:00'],
    ],
    'UTC',
    undefined,
  ],
] as [string, [string, string][], string, string | undefined][])('%s', (_, schedules, timezone, chosen) => {
  const list = schedules.map(([schedule, date]) => ({ schedule, date }));
  expect(upcomingSchedule(list, timezone, now)?.schedule).toBe(chosen);
});
