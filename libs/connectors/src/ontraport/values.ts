import type { FieldValue } from '../_kit/contact.js';
import { dateText, instantText, parseInstant } from '../_kit/translate/dates.js';
import type { AccountField } from './account-fields.js';
import { delimited, partsOf } from './delimited.js';

const NUMBERS: ReadonlySet<string> = new Set(['numeric', 'price']);
const INSTANTS: ReadonlySet<string> = new Set(['timestamp', 'fulldate']);
/** One option of a list; texts beside the options are possible in the latter two. */
const CHOICES: ReadonlySet<string> = new Set(['drop', 'state', 'country']);
const OPEN_CHOICES: ReadonlySet<string> = new Set(['state', 'country']);

const YES: ReadonlySet<string> = new Set(['true', 'yes', '1', 'on']);
const NO: ReadonlySet<string> = new Set(['false', 'no', '0', 'off']);

const PLAIN_NUMBER = /^\s*-?\d+(\.\d+)?\s*$/;

/** A stored text as a value of the product; null when there is none. */
export function readValue(field: AccountField | undefined, text: string | undefined): FieldValue {
  if (text === undefined || text === '') return null;
  if (field === undefined) return text;
  const { type, options } = field;
  if (INSTANTS.has(type)) return readInstant(text);
  if (NUMBERS.has(type)) return PLAIN_NUMBER.test(text) ? Number(text) : text;
  if (type === 'check') return text === '1' ? true : text === '0' ? false : text;
  if (type === 'list') return partsOf(text).map((id) => options.get(id) ?? id);
  if (!CHOICES.has(type)) return text;
  // A choice that was never made is kept as 0.
  return options.get(text) ?? (text === '0' ? null : text);
}

/** What cannot be stored, in words that say what can. */
export interface Unwritable {
  problem: string;
}

/**
 * A value of the product as Ontraport stores it: always a text, '' to clear. What the type cannot hold is refused here,
 * because Ontraport would store a 0 for it and call that a success.
 */
export function storedText(field: AccountField | undefined, value: FieldValue): string | Unwritable {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return '';
  const { type, options } = field ?? { type: 'text', options: new Map<string, string>() };
  if (INSTANTS.has(type)) return storedInstant(type, value);
  if (NUMBERS.has(type)) return storedNumber(value);
  if (type === 'check') return storedCheck(value);
  if (type === 'list') return storedList(value, options);
  if (CHOICES.has(type)) return storedChoice(type, value, options);
  if (type === 'subscription') return { problem: 'this field cannot be set' };
  return plainText(value);
}

/** Unix seconds of the day's beginning in UTC. */
export function storedDay(value: FieldValue): string | Unwritable {
  return value === null || value === '' ? '' : storedInstant('fulldate', value);
}

/** YYYY-MM-DD; undefined when there is none. */
export function dayOf(text: string | undefined): string | undefined {
  const instant = instantOf(text);
  return instant === undefined ? undefined : dateText(instant);
}

/** The instant that Unix seconds mean; 0 and '' mean none. */
export function instantOf(text: string | undefined): Date | undefined {
  if (text === undefined || !/^-?\d{1,12}$/.test(text) || Number(text) === 0) return undefined;
  return new Date(Number(text) * 1000);
}

/** Numbers for text messages carry the country's code and nothing else; others are left to Ontraport. */
export function smsNumber(text: string): string {
  return /^\s*\+[\d\s().-]+$/.test(text) ? `+${text.replaceAll(/\D/g, '')}` : text;
}

function readInstant(text: string): FieldValue {
  const instant = instantOf(text) ?? parseInstant(text);
  if (instant !== undefined) return instantText(instant);
  return Number(text) === 0 ? null : text;
}

function storedInstant(type: string, value: FieldValue): string | Unwritable {
  const text = plainText(value).trim();
  const instant = instantOf(text) ?? parseInstant(text);
  if (instant === undefined) return { problem: 'it takes a date such as 2027-01-31' };
  const seconds = Math.floor(instant.getTime() / 1000);
  return String(type === 'fulldate' ? Math.floor(seconds / 86_400) * 86_400 : seconds);
}

function storedNumber(value: FieldValue): string | Unwritable {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  const text = plainText(value);
  return PLAIN_NUMBER.test(text) ? text.trim() : { problem: 'it takes a number such as 12.5' };
}

function storedCheck(value: FieldValue): string | Unwritable {
  const word = plainText(value).trim().toLowerCase();
  if (YES.has(word)) return '1';
  return NO.has(word) ? '0' : { problem: 'it takes yes or no' };
}

function storedChoice(type: string, value: FieldValue, options: ReadonlyMap<string, string>): string | Unwritable {
  const text = plainText(value);
  const id = optionId(text, options);
  if (id !== undefined) return id;
  return OPEN_CHOICES.has(type) ? text : noOption(options);
}

/** Several labels may come in one text with commas, unless that text is a label itself. */
function storedList(value: FieldValue, options: ReadonlyMap<string, string>): string | Unwritable {
  const whole = typeof value === 'string' ? optionId(value, options) : undefined;
  if (whole !== undefined) return delimited([whole]);
  const labels = Array.isArray(value) ? value : plainText(value).split(',');
  const ids = labels.filter((label) => label.trim() !== '').map((label) => optionId(label, options));
  const known = ids.filter((id) => id !== undefined);
  return known.length === ids.length ? delimited([...new Set(known)]) : noOption(options);
}

function optionId(text: string, options: ReadonlyMap<string, string>): string | undefined {
  const wanted = text.trim();
  const folded = wanted.toLowerCase();
  for (const [id, label] of options) if (label.trim().toLowerCase() === folded) return id;
  return options.has(wanted) ? wanted : undefined;
}

function noOption(options: ReadonlyMap<string, string>): Unwritable {
  return { problem: `it takes one of: ${[...options.values()].join(', ')}` };
}

function plainText(value: FieldValue): string {
  return Array.isArray(value) ? value.join(', ') : String(value ?? '');
}
