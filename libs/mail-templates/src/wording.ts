import { DateTime } from 'luxon';

/** `5 March 2026, 14:05 UTC`: the reader's own zone is not known. */
export const momentText = (iso: string): string =>
  DateTime.fromISO(iso, { zone: 'utc' }).setLocale('en-GB').toFormat("d MMMM yyyy, HH:mm 'UTC'");

/** `5 March 2026` */
export const dayText = (iso: string): string =>
  DateTime.fromISO(iso, { zone: 'utc' }).setLocale('en-GB').toFormat('d MMMM yyyy');

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

/** `15 minutes`, `24 hours`, `7 days`: the largest unit that says it exactly. */
export function durationText(minutes: number): string {
  if (minutes % (24 * 60) === 0 && minutes > 24 * 60) return counted(minutes / (24 * 60), 'day');
  if (minutes % 60 === 0) return counted(minutes / 60, 'hour');
  return counted(minutes, 'minute');
}

export const numberText = (value: number): string => new Intl.NumberFormat('en-US').format(value);

/** An amount as people write it; the digits are moved as text, never divided. */
export function amountText({ minor, currency }: { minor: number; currency: string }): string {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency: currency.toUpperCase() });
  const places = format.resolvedOptions().maximumFractionDigits ?? 2;
  const digits = String(Math.abs(minor)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const decimal = `${minor < 0 ? '-' : ''}${whole}${places > 0 ? `.${digits.slice(-places)}` : ''}`;
  return format.format(decimal as Intl.StringNumericLiteral);
}

const LABELS = {
  owner: 'owner',
  admin: 'administrator',
  member: 'member',
  viewer: 'viewer',
  client: 'client',
} as const;
export const roleText = (role: keyof typeof LABELS): string => LABELS[role];
