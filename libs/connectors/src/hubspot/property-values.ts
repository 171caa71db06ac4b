import { Decimal } from 'decimal.js';
import type { FieldValue } from '../_kit/contact.js';
import { dateText, instantText, parseInstant } from '../_kit/translate/dates.js';
import type { Property } from './schemas.js';

/** Longer whole numbers do not survive as numbers. */
const LONGEST_NUMBER = 15;
const EPOCH = /^-?\d{5,16}$/;
const YES: ReadonlySet<string> = new Set(['true', 'yes', '1', 'on']);
const NO: ReadonlySet<string> = new Set(['false', 'no', '0', 'off']);

/**
 * A property's text as the product shows it. Options of the portal's own properties are shown by their labels, as
 * people see them; those of HubSpot's own are constants that other systems know, and stay.
 */
export function shownValue(property: Property | undefined, text: string | null | undefined): FieldValue {
  if (text === undefined || text === null || text === '') return null;
  if (property === undefined) return text;
  if (isYesNo(property)) return text === 'true' ? true : text === 'false' ? false : text;
  switch (property.type) {
    case 'number':
      return shownNumber(text);
    case 'date':
    case 'datetime':
      return shownDate(text);
    case 'enumeration':
      return isMultiple(property) ? listOf(text).map((value) => label(property, value)) : label(property, text);
    default:
      return text;
  }
}

/** The product's value as HubSpot stores it; an empty text clears. */
export function storedValue(property: Property | undefined, value: FieldValue): string {
  if (value === null || value === '') return '';
  if (property === undefined) return plainText(value);
  if (isYesNo(property)) return storedYesNo(value);
  switch (property.type) {
    case 'date':
    case 'datetime':
      return storedDate(property.type, value);
    case 'enumeration':
      return isMultiple(property) ? storedList(property, value) : optionValue(property, plainText(value));
    default:
      return plainText(value);
  }
}

/** Fields with several options at once; a single checkbox is a yes or no. */
export const isMultiple = ({ type, fieldType }: Property): boolean =>
  type === 'enumeration' && fieldType === 'checkbox';

const isYesNo = ({ type, fieldType }: Property): boolean => type === 'bool' || fieldType === 'booleancheckbox';

function shownNumber(text: string): FieldValue {
  const isPlain = /^-?\d+(\.\d+)?$/.test(text) && text.replaceAll(/\D/g, '').length <= LONGEST_NUMBER;
  return isPlain ? Number(text) : text;
}

/** Older interfaces of the vendor's write dates as milliseconds. */
function shownDate(text: string): FieldValue {
  const instant = EPOCH.test(text) ? new Date(Number(text)) : parseInstant(text);
  return instant === undefined ? text : instantText(instant);
}

function storedDate(type: 'date' | 'datetime', value: FieldValue): string {
  if (typeof value !== 'string') return plainText(value);
  const instant = parseInstant(value);
  if (instant === undefined) return value;
  return type === 'date' ? dateText(instant) : instantText(instant);
}

/** A word that is neither goes as it is: the vendor's refusal says what is wrong. */
function storedYesNo(value: FieldValue): string {
  const text = plainText(value);
  const word = text.trim().toLowerCase();
  if (YES.has(word)) return 'true';
  return NO.has(word) ? 'false' : text;
}

/** A text that begins with a semicolon adds to the options that are chosen already. */
function storedList(property: Property, value: FieldValue): string {
  const items = Array.isArray(value) ? value : textItems(property, plainText(value));
  const chosen = items.map((item) => optionValue(property, item.trim())).join(';');
  return typeof value === 'string' && value.startsWith(';') ? `;${chosen}` : chosen;
}

/** One option may hold a comma in its name; semicolons part options whatever happens. */
function textItems(property: Property, text: string): string[] {
  if (hasOption(property, text)) return [text];
  const items = text.split(text.includes(';') ? ';' : ',');
  return items.filter((item) => item.trim() !== '');
}

const listOf = (text: string): string[] => text.split(';').filter((value) => value !== '');

function plainText(value: FieldValue): string {
  if (Array.isArray(value)) return value.join(';');
  return typeof value === 'number' && Number.isFinite(value) ? new Decimal(value).toFixed() : String(value);
}

function label(property: Property, value: string): string {
  if (property.hubspotDefined === true) return value;
  return property.options?.find((option) => option.value === value)?.label ?? value;
}

const hasOption = (property: Property, text: string): boolean => optionOf(property, text) !== undefined;

/** People name an option by its label, other systems by its value; an unknown one is left to the vendor to refuse. */
function optionValue(property: Property, text: string): string {
  return optionOf(property, text)?.value ?? text;
}

function optionOf({ options }: Property, text: string): { value: string } | undefined {
  const all = options ?? [];
  const wanted = text.trim().toLowerCase();
  return (
    all.find((option) => option.label === text) ??
    all.find((option) => option.value === text) ??
    all.find((option) => option.label.trim().toLowerCase() === wanted) ??
    all.find((option) => option.value.toLowerCase() === wanted)
  );
}
