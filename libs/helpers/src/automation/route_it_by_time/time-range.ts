import type { DateTime } from 'luxon';

const MINUTES_OF_DAY = 24 * 60;

/**
 * Reads a time of day: hours and minutes with a colon, leading zeros may be missing.
 * @returns minutes since midnight; null when it is none
 */
export function minuteOfDay(text: string): number | null {
  const [, hours, minutes] = /^\s*(\d{1,2}):(\d{1,2})\s*$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return Number(hours) * 60 + Number(minutes);
}

/** A part of the day, both minutes included; an end before the start lies on the next day. */
export interface TimeRange {
  start: number;
  end: number;
  /** ISO numbers of the weekdays on which it begins; empty for all. */
  days: readonly number[];
}

/** Whether an instant lies in a range, looked at in whole minutes in the instant's own zone. */
export function isWithin({ start, end, days }: TimeRange, at: DateTime): boolean {
  const minute = at.hour * 60 + at.minute;
  const sinceStart = (minute - start + MINUTES_OF_DAY) % MINUTES_OF_DAY;
  const length = (end - start + MINUTES_OF_DAY) % MINUTES_OF_DAY;
  if (sinceStart > length) return false;
  const beganYesterday = minute < start;
  const began = beganYesterday ? at.minus({ days: 1 }).weekday : at.weekday;
  return days.length === 0 || days.includes(began);
}
