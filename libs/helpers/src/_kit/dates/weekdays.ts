import { dataKey } from '../config/data-keys.js';

/** English names, Monday first, as ISO counts them from 1. */
export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/**
 * Reads an English day name in any letter case; its first three letters are enough.
 * @returns 1 for Monday to 7 for Sunday; null when it is no day
 */
export function weekdayNumber(name: string): number | null {
  const wanted = dataKey(name.trim());
  const index = WEEKDAYS.findIndex((day) => [day.toLowerCase(), day.slice(0, 3).toLowerCase()].includes(wanted));
  return index < 0 ? null : index + 1;
}
