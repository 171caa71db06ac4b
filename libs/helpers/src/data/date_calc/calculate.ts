import type { DateTime } from 'luxon';
import type { ReadDate } from '../../_kit/dates/read-date.js';

const STEPS = {
  add_days: ['days', 1],
  subtract_days: ['days', -1],
  add_months: ['months', 1],
  subtract_months: ['months', -1],
  add_years: ['years', 1],
  subtract_years: ['years', -1],
} as const;

export const OPERATIONS = [
  'add_days',
  'subtract_days',
  'add_months',
  'subtract_months',
  'add_years',
  'subtract_years',
  'set_now',
  'diff_days',
  'format',
] as const;
export type Operation = (typeof OPERATIONS)[number];
export type StepOperation = keyof typeof STEPS;

export const isStep = (operation: Operation): operation is StepOperation => operation in STEPS;

/** Calendar arithmetic: the time of day stays, and a month that is too short holds at its last day. */
export function step(at: DateTime, operation: StepOperation, amount: number): DateTime {
  const [unit, sign] = STEPS[operation];
  return at.plus({ [unit]: sign * amount });
}

const DAY = 86_400_000;

/** Days of the calendar, counted without clock changes. */
const calendarDay = (at: DateTime): number => Date.UTC(at.year, at.month - 1, at.day) / DAY;

/** Whole days from one date to the other, cut off towards zero; two plain dates are counted by the calendar. */
export function daysBetween(from: ReadDate, to: ReadDate): string {
  const days =
    from.dateOnly && to.dateOnly
      ? calendarDay(to.at) - calendarDay(from.at)
      : Math.trunc((to.at.toMillis() - from.at.toMillis()) / DAY);
  return String(days === 0 ? 0 : days);
}
