import type { DateTime } from 'luxon';

/** `±hh:mm` in the widths that layouts ask for. */
function offsetText(minutes: number, { colon, seconds, hoursOnly }: OffsetForm): string {
  const sign = minutes < 0 ? '-' : '+';
  const total = Math.abs(minutes);
  const hours = String(Math.floor(total / 60)).padStart(2, '0');
  const rest = String(total % 60).padStart(2, '0');
  if (hoursOnly) return `${sign}${hours}`;
  const separator = colon ? ':' : '';
  return `${sign}${hours}${separator}${rest}${seconds ? `${separator}00` : ''}`;
}

interface OffsetForm {
  colon: boolean;
  seconds: boolean;
  hoursOnly: boolean;
}

const offsetForm = (token: string): OffsetForm => ({
  colon: token.includes(':'),
  seconds: token.length >= 7,
  hoursOnly: token.length === 3,
});

/** A zone without a name of its own shows its offset, as short as it can be. */
function zoneName(at: DateTime): string {
  if (at.zone.type !== 'fixed') return at.offsetNameShort ?? '';
  if (at.offset === 0) return 'UTC';
  return offsetText(at.offset, { colon: false, seconds: false, hoursOnly: at.offset % 60 === 0 });
}

/** `.000` keeps its digits, `.999` drops zeros at the end (and itself when nothing is left). */
function fraction(at: DateTime, token: string): string {
  const separator = token.charAt(0);
  const digits = String(at.millisecond)
    .padStart(3, '0')
    .padEnd(token.length - 1, '0')
    .slice(0, token.length - 1);
  if (token.charAt(1) === '0') return separator + digits;
  const trimmed = digits.replace(/0+$/, '');
  return trimmed === '' ? '' : separator + trimmed;
}

/** The reference instant is Monday, 2 January 2006, 15:04:05 at -07:00: each part is written as it reads there. */
const PARTS: Readonly<Record<string, string>> = {
  January: 'LLLL',
  Jan: 'LLL',
  Monday: 'cccc',
  Mon: 'ccc',
  '2006': 'yyyy',
  '06': 'yy',
  '01': 'LL',
  '1': 'L',
  '02': 'dd',
  '2': 'd',
  '002': 'ooo',
  '15': 'HH',
  '03': 'hh',
  '3': 'h',
  '04': 'mm',
  '4': 'm',
  '05': 'ss',
  '5': 's',
};

const TOKENS =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|2006|[-Z]07:00:00|[-Z]070000|[-Z]07:00|[-Z]0700|[-Z]07|002|01|02|03|04|05|06|15|__2|_2(?!006)|1|2|3|4|5|PM|pm|[.,]0+(?!\d)|[.,]9+(?!\d)/g;

function part(at: DateTime, token: string): string {
  const format = PARTS[token];
  if (format !== undefined) return at.toFormat(format);
  if (token === 'MST') return zoneName(at);
  if (token === 'PM' || token === 'pm') return token === 'PM' ? at.toFormat('a') : at.toFormat('a').toLowerCase();
  if (token === '_2') return String(at.day).padStart(2, ' ');
  if (token === '__2') return String(at.ordinal).padStart(3, ' ');
  if (token.startsWith('Z') && at.offset === 0) return 'Z';
  if (token.startsWith('Z') || token.startsWith('-')) return offsetText(at.offset, offsetForm(token));
  return fraction(at, token);
}

/** Whether a pattern holds anything that would be replaced. */
export const hasReferencePart = (layout: string): boolean => layout.search(TOKENS) >= 0;

/** Writes an instant in a layout that is itself a date: the reference instant, as it should look. */
export const formatReference = (at: DateTime, layout: string): string =>
  layout.replace(TOKENS, (token) => part(at, token));
