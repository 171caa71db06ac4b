import type { CustomField, FieldValue } from '../_kit/contact.js';
import { dateText, instantText, parseInstant } from '../_kit/translate/dates.js';
import type { VendorTraits } from '../_kit/translate/vendor-traits.js';
import { VENDOR_KEYS } from './contact-fields.js';

const DATES: ReadonlySet<string> = new Set(['date', 'date_time', 'datetime', 'timestamp', 'datefield']);
const NUMBERS: ReadonlySet<string> = new Set(['whole_number', 'decimal_number', 'currency', 'percent', 'year']);
const LISTS: ReadonlySet<string> = new Set(['list_box', 'user_list_box']);

/** Keap's names and value forms. */
export const keapTraits: VendorTraits = {
  standardFields: {
    first_name: 'given_name',
    last_name: 'family_name',
    email: 'email',
    phone: 'phone',
    company: 'company',
    job_title: 'job_title',
    website: 'website',
    birthday: 'birthday',
    anniversary: 'anniversary',
    address1: 'line1',
    address2: 'line2',
    city: 'locality',
    state: 'region',
    zip: 'postal_code',
    country: 'country_code',
  },
  vendorKeys: VENDOR_KEYS,
  aliases: {
    email1: 'EMAIL1',
    email2: 'EMAIL2',
    email3: 'EMAIL3',
    emailaddress: 'email',
    emailaddress2: 'EMAIL2',
    emailaddress3: 'EMAIL3',
    phone1: 'PHONE1',
    phone2: 'PHONE2',
    phone3: 'PHONE3',
    phone4: 'PHONE4',
    phone5: 'PHONE5',
    streetaddress1: 'line1',
    streetaddress2: 'line2',
    postalcode: 'postal_code',
    jobtitle: 'job_title',
    ownerid: 'owner_id',
    leadsourceid: 'leadsource_id',
    score: 'score_value',
    datecreated: 'create_time',
    createdat: 'create_time',
    lastupdated: 'update_time',
    updatedat: 'update_time',
    contactid: 'id',
  },
  readValue: (field, value) => {
    const type = field.field_type.toLowerCase();
    if (DATES.has(type)) return readDate(value);
    if (LISTS.has(type) && typeof value === 'string') return splitList(value);
    return value;
  },
  writeValue,
};

function writeValue(field: CustomField, value: FieldValue): FieldValue {
  if (value === null || value === '') return value;
  const type = field.field_type.toLowerCase();
  if (DATES.has(type)) return writeDate(type, value);
  if (NUMBERS.has(type)) return writeNumber(value);
  if (type === 'yes_no') return writeYesNo(value);
  if (LISTS.has(type))
    return typeof value === 'string' ? splitList(value) : Array.isArray(value) ? value : [String(value)];
  // Keap's other types hold texts.
  return Array.isArray(value) ? value.join(',') : String(value);
}

function readDate(value: FieldValue): FieldValue {
  if (typeof value !== 'string') return value;
  const instant = parseInstant(value);
  return instant === undefined ? value : instantText(instant);
}

function writeDate(type: string, value: FieldValue): FieldValue {
  if (typeof value !== 'string') return value;
  const instant = parseInstant(value);
  if (instant === undefined) return value;
  return type === 'date' ? dateText(instant) : instant.toISOString();
}

/** Text that is no plain number goes as it is: the vendor's refusal says what is wrong. */
function writeNumber(value: FieldValue): FieldValue {
  return typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
}

function writeYesNo(value: FieldValue): FieldValue {
  const word = String(value).trim().toLowerCase();
  if (['true', 'yes', '1', 'on'].includes(word)) return true;
  return ['false', 'no', '0', 'off'].includes(word) ? false : value;
}

function splitList(value: string): FieldValue {
  const items = value.split(',').map((item) => item.trim());
  return items.filter((item) => item !== '');
}
