import type { DateTime } from 'luxon';

/** A time of day. */
export interface TimeOfDay {
  hour: number;
  minute: number;
}

/**
 * Reads `14:00`, `9:00 AM` or `9 pm`.
 * @returns null when it is no time
 */
export function readTime(text: string): TimeOfDay | null {
  const groups = /^\s*(?<hour>\d{1,2})(?::(?<minute>\d{2}))?\s*(?:(?<half>[ap])\.?m\.?)?\s*$/i.exec(text)?.groups;
  if (groups === undefined) return null;
  const [hour, minute] = [Number(groups['hour']), Number(groups['minute'] ?? 0)];
  const half = groups['half']?.toLowerCase();
  if (half === undefined) return groups['minute'] !== undefined && hour < 24 && minute < 60 ? { hour, minute } : null;
  if (hour < 1 || hour > 12 || minute > 59) return null;
  return { hour: (hour % 12) + (half === 'p' ? 12 : 0), minute };
}

/**
 * The next time a weekday and time of day come, in the zone of `now` and strictly after it. A time that the clocks
 * skip is moved by as much as they are.
 * @param weekday 1 for Monday to 7 for Sunday
 */
export function nextOccurrence(now: DateTime, weekday: number, { hour, minute }: TimeOfDay): DateTime {
  const days = (weekday - now.weekday + 7) % 7;
  const at = (later: number): DateTime =>
    now.startOf('day').plus({ days: later }).set({ hour, minute, second: 0, millisecond: 0 });
  const first = at(days);
  return first > now ? first : at(days + 7);
}
