import { Decimal } from 'decimal.js';
import { DateTime } from 'luxon';
import { readDate } from '../../_kit/dates/read-date.js';
import { HelperFailure } from '../../_kit/helper-failure.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A length of time in parts, each of which may be a fraction. */
export interface Duration {
  days: number;
  hours: number;
  minutes: number;
}

/** Exact to the millisecond: 1.5 hours are 90 minutes. */
export const durationMs = ({ days, hours, minutes }: Duration): number =>
  new Decimal(days)
    .times(DAY_MS)
    .plus(new Decimal(hours).times(HOUR_MS))
    .plus(new Decimal(minutes).times(MINUTE_MS))
    .round()
    .toNumber();

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i;

/**
 * Reads an instant in RFC 3339.
 * @returns in its own offset; null when it is none
 */
export function readInstant(text: string): DateTime | null {
  const trimmed = text.trim();
  const at = DateTime.fromISO(trimmed, { setZone: true });
  return INSTANT.test(trimmed) && at.isValid ? at : null;
}

/**
 * Reads a deadline as CRMs and people write dates. A date without a time of day is the end of that day.
 * @param zone of dates that name none
 * @throws HelperFailure `date_not_recognised`
 */
export function readDeadline(value: unknown, zone: string): DateTime {
  const read = readDate(value, zone);
  if (read === null) {
    throw new HelperFailure('date_not_recognised', 'give_up', 'The field holds no date, such as 2026-03-01.');
  }
  return read.dateOnly ? read.at.endOf('day').startOf('second') : read.at;
}
