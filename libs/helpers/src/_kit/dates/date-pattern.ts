import type { DateTime } from 'luxon';
import { formatReference, hasReferencePart } from './reference-layout.js';

/** Tokens that the forms offer, and luxon's words for them. Text in square brackets is literal. */
const LUXON: Readonly<Record<string, string>> = {
  YYYY: 'yyyy',
  YY: 'yy',
  MMMM: 'LLLL',
  MMM: 'LLL',
  MM: 'LL',
  M: 'L',
  DD: 'dd',
  D: 'd',
  dddd: 'cccc',
  ddd: 'ccc',
  HH: 'HH',
  H: 'H',
  hh: 'hh',
  h: 'h',
  mm: 'mm',
  ss: 'ss',
  A: 'a',
  Z: 'ZZ',
};

const TOKENS = /\[[^\]]*\]|YYYY|YY|MMMM|MMM|MM|M|DD|D|dddd|ddd|HH|H|hh|h|mm|ss|A|Z/g;

/** What only patterns of tokens contain; every other pattern is a reference layout. */
const isTokenPattern = (pattern: string): boolean => /YYYY|YY|MM|DD|HH|hh/.test(pattern);

/** Whether a pattern would put any part of a date into its text. */
export const isDatePattern = (pattern: string): boolean => isTokenPattern(pattern) || hasReferencePart(pattern);

/**
 * Writes an instant, in English, in either dialect: tokens (`MM/DD/YYYY`) or the reference date (`01/02/2006`).
 */
export function formatDate(at: DateTime, pattern: string): string {
  const english = at.setLocale('en-US');
  if (!isTokenPattern(pattern)) return formatReference(english, pattern);
  return pattern.replace(TOKENS, (token) =>
    token.startsWith('[') ? token.slice(1, -1) : english.toFormat(LUXON[token] ?? token),
  );
}
