import type { CustomField, FieldValue } from '../_kit/contact.js';
import { dateText, instantText, parseInstant } from '../_kit/translate/dates.js';
import type { VendorTraits } from '../_kit/translate/vendor-traits.js';
import { VENDOR_KEYS } from './contact-fields.js';
import { customValue } from './contact-record.js';

const DATES: ReadonlySet<string> = new Set(['date', 'datetime']);
const LISTS: ReadonlySet<string> = new Set(['listbox', 'checkbox']);
const NO_DATE = /^0000-00-00/;

const YES: ReadonlySet<string> = new Set(['yes', 'true', '1', 'on']);
const NO: ReadonlySet<string> = new Set(['no', 'false', '0', 'off']);

/** ActiveCampaign's names and value forms. It knows six standard fields; all others are custom fields there. */
export const activecampaignTraits: VendorTraits = {
  standardFields: {
    first_name: 'firstName',
    last_name: 'lastName',
    email: 'email',
    phone: 'phone',
    company: 'orgname',
    job_title: 'jobTitle',
  },
  vendorKeys: VENDOR_KEYS,
  aliases: {
    email1: 'email',
    emailaddress: 'email',
    phone1: 'phone',
    organization: 'orgname',
    datecreated: 'cdate',
    createdat: 'cdate',
    lastupdated: 'udate',
    updatedat: 'udate',
    contactid: 'id',
  },
  readValue,
  writeValue,
};

function readValue(field: CustomField, value: FieldValue): FieldValue {
  const type = typeOf(field);
  if (LISTS.has(type)) return typeof value === 'string' && value !== '' ? [value] : value;
  if (Array.isArray(value)) return value.join(', ');
  if (!DATES.has(type) || typeof value !== 'string') return value;
  if (NO_DATE.test(value)) return null;
  const instant = parseInstant(value);
  return instant === undefined ? value : instantText(instant);
}

function writeValue(field: CustomField, value: FieldValue): FieldValue {
  if (value === null || value === '') return value;
  const type = typeOf(field);
  if (DATES.has(type)) return writeDate(type, value);
  if (typeof value === 'boolean') return optionFor(field, value);
  if (LISTS.has(type)) return listOf(field, value);
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function typeOf({ field_type: type }: CustomField): string {
  return type.toLowerCase();
}

/** The vendor takes instants with an offset, and days as they are. */
function writeDate(type: string, value: FieldValue): FieldValue {
  if (typeof value !== 'string') return value;
  const instant = parseInstant(value);
  if (instant === undefined) return value;
  return type === 'date' ? dateText(instant) : `${instant.toISOString().slice(0, 19)}+00:00`;
}

/** There are no fields for yes and no: people make choices of these words. */
function optionFor(field: CustomField, value: boolean): FieldValue {
  const words = value ? YES : NO;
  const option = field.options?.find((known) => words.has(known.trim().toLowerCase()));
  const text = option ?? String(value);
  return LISTS.has(typeOf(field)) ? [text] : text;
}

/** A text is one choice when the field has it, and a list with commas otherwise. */
function listOf(field: CustomField, value: string | number | string[]): FieldValue {
  if (Array.isArray(value)) return value;
  const text = String(value).trim();
  if (field.options?.includes(text) === true) return [text];
  const own = customValue(text);
  if (Array.isArray(own)) return own;
  const items = text.split(',').map((item) => item.trim());
  return items.filter((item) => item !== '');
}
