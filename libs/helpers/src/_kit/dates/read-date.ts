import { DateTime, FixedOffsetZone } from 'luxon';

/** A date read from a field. */
export interface ReadDate {
  /** In the offset that was written, else in the zone asked for. */
  at: DateTime;
  /** A calendar date without time of day. */
  dateOnly: boolean;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const FULL_MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** Below it a number is no instant of our time; from the second on it counts milliseconds. */
const SMALLEST_SECONDS = 1e8;
const SMALLEST_MILLISECONDS = 1e11;

const FORMS: readonly RegExp[] = [
  /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/,
  /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})[T ](?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d+))?)?\s*(?<offset>Z|[+-]\d{2}(?::?\d{2})?)?$/i,
  /^(?<month>\d{1,2})(?<separator>[/-])(?<day>\d{1,2})\k<separator>(?<year>\d{4})(?: (?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?)?$/,
  /^(?<name>[A-Za-z]{3,9})\s+(?<day>\d{1,2}),\s*(?<year>\d{4})$/,
  /^(?<day>\d{1,2})\s+(?<name>[A-Za-z]{3,9})\s+(?<year>\d{4})$/,
];

function monthNumber(groups: Record<string, string | undefined>): number {
  if (groups['month'] !== undefined) return Number(groups['month']);
  const name = groups['name']?.toLowerCase() ?? '';
  const short = MONTHS.indexOf(name);
  return (short >= 0 ? short : FULL_MONTHS.indexOf(name)) + 1;
}

function offsetZone(offset: string): FixedOffsetZone {
  if (offset.toUpperCase() === 'Z') return FixedOffsetZone.utcInstance;
  const sign = offset.startsWith('-') ? -1 : 1;
  const digits = offset.replace(/\D/g, '').padEnd(4, '0');
  return FixedOffsetZone.instance(sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))));
}

function fromGroups(groups: Record<string, string | undefined>, zone: string): ReadDate | null {
  const parts = {
    year: Number(groups['year']),
    month: monthNumber(groups),
    day: Number(groups['day']),
    hour: Number(groups['hour'] ?? 0),
    minute: Number(groups['minute'] ?? 0),
    second: Number(groups['second'] ?? 0),
    millisecond: Number((groups['fraction'] ?? '').slice(0, 3).padEnd(3, '0')),
  };
  const offset = groups['offset'];
  const at = DateTime.fromObject(parts, { zone: offset === undefined ? zone : offsetZone(offset) });
  if (!at.isValid || parts.hour >= 24) return null;
  // A skipped time has moved forward by the gap already; of one that comes twice the first counts.
  return { at: at.getPossibleOffsets()[0] ?? at, dateOnly: groups['hour'] === undefined };
}

function fromEpoch(count: number, zone: string): ReadDate | null {
  if (!(count >= SMALLEST_SECONDS)) return null;
  const milliseconds = count >= SMALLEST_MILLISECONDS ? count : count * 1000;
  const at = DateTime.fromMillis(milliseconds, { zone });
  return at.isValid ? { at, dateOnly: false } : null;
}

/**
 * Reads a date as CRMs and people write it: RFC 3339 (offset with or without colon), `YYYY-MM-DD` with or without
 * time, `MM/DD/YYYY` and `MM-DD-YYYY` likewise, `Jan 5, 2026`, `January 5, 2026`, `05 Mar 2026`, also without leading zeros, and
 * Unix time in seconds or milliseconds. Day-first numbers are not understood.
 * @param zone IANA zone for texts without an offset
 * @returns null when it is no date
 */
export function readDate(value: unknown, zone: string): ReadDate | null {
  if (typeof value === 'number') return fromEpoch(value, zone);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (/^\d{9,13}$/.test(text)) return fromEpoch(Number(text), zone);
  for (const form of FORMS) {
    const groups = form.exec(text)?.groups;
    if (groups !== undefined) return fromGroups(groups, zone);
  }
  return null;
}
