import type { CustomField, FieldValue } from '../_kit/contact.js';
import { instantText, parseInstant } from '../_kit/translate/dates.js';
import { plainForm } from '../_kit/translate/field-keys.js';
import type { VendorTraits } from '../_kit/translate/vendor-traits.js';
import { VENDOR_KEYS } from './contact-fields.js';
import { readInstant } from './contact-values.js';
import { FIELD_PREFIX } from './custom-fields.js';

const DATES: ReadonlySet<string> = new Set(['date', 'datetime', 'date_time', 'timestamp', 'datefield']);
/** The document spells one of them without its A. */
const NUMBERS: ReadonlySet<string> = new Set(['numerical', 'monetory', 'monetary']);
const LISTS: ReadonlySet<string> = new Set(['checkbox', 'multiple_options', 'textbox_list']);

const standardFields = {
  first_name: 'firstName',
  last_name: 'lastName',
  email: 'email',
  phone: 'phone',
  company: 'companyName',
  website: 'website',
  birthday: 'dateOfBirth',
  address1: 'address1',
  city: 'city',
  state: 'state',
  zip: 'postalCode',
  country: 'country',
  source: 'source',
  timezone: 'timezone',
} as const;

/** Standard fields are known to the vendor's own placeholders as `contact.first_name` and so on. */
const prefixed = Object.entries(standardFields).map(([name, key]) => [plainForm(FIELD_PREFIX + name), key] as const);

/** GoHighLevel's names and value forms. */
export const gohighlevelTraits: VendorTraits = {
  standardFields,
  vendorKeys: VENDOR_KEYS,
  aliases: {
    ...Object.fromEntries(prefixed),
    emailaddress: 'email',
    email1: 'email',
    phone1: 'phone',
    streetaddress1: 'address1',
    streetaddress: 'address1',
    postalcode: 'postalCode',
    companyname: 'companyName',
    dateofbirth: 'dateOfBirth',
    ownerid: 'assignedTo',
    assignedto: 'assignedTo',
    leadsource: 'source',
    contacttype: 'type',
    contactid: 'id',
    datecreated: 'dateAdded',
    createdat: 'dateAdded',
    lastupdated: 'dateUpdated',
    updatedat: 'dateUpdated',
  },
  fieldPrefix: FIELD_PREFIX,
  tagsByName: true,
  readValue,
  writeValue,
};

function readValue(field: CustomField, value: FieldValue): FieldValue {
  const type = field.field_type.toLowerCase();
  if (value === null || value === '') return value;
  if (DATES.has(type)) return readDate(value);
  if (NUMBERS.has(type)) return writeNumber(value);
  if (LISTS.has(type)) return Array.isArray(value) ? value : [String(value)];
  return value;
}

function writeValue(field: CustomField, value: FieldValue): FieldValue {
  const type = field.field_type.toLowerCase();
  if (LISTS.has(type)) return writeList(field, value);
  if (value === null || value === '') return '';
  if (DATES.has(type)) return writeDate(value);
  if (NUMBERS.has(type)) return writeNumber(value);
  if (typeof value === 'boolean') return choiceOf(field, value);
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function readDate(value: FieldValue): FieldValue {
  const instant = readInstant(value);
  return instant === undefined ? value : instantText(instant);
}

function writeDate(value: FieldValue): FieldValue {
  const instant = typeof value === 'string' ? parseInstant(value) : undefined;
  return instant === undefined ? value : instant.toISOString();
}

/** Text that is no plain number goes as it is: the vendor's refusal says what is wrong. */
function writeNumber(value: FieldValue): FieldValue {
  return typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
}

/** Options may hold commas: a text that is one of them stays whole. */
function writeList(field: CustomField, value: FieldValue): string[] {
  if (value === null || value === '') return [];
  if (Array.isArray(value)) return value;
  if (typeof value === 'boolean') return value ? [choiceOf(field, true)] : [];
  const text = String(value).trim();
  if (field.options?.includes(text) === true) return [text];
  const items = text.split(',').map((item) => item.trim());
  return items.filter((item) => item !== '');
}

const YES = ['yes', 'true', 'on', '1'];
const NO = ['no', 'false', 'off', '0'];

/** Yes and no are choices among the account's own words here; without a fitting one the plain word goes. */
function choiceOf(field: CustomField, value: boolean): string {
  const words = value ? YES : NO;
  const fitting = field.options?.find((option) => words.includes(option.trim().toLowerCase()));
  return fitting ?? (value ? 'Yes' : 'No');
}
