import type { CreateContactInput, FieldValue, UpdateContactInput } from '../_kit/contact.js';
import { WRITABLE } from './contact-fields.js';
import { dayOf } from './contact-values.js';

/** The body of a write: the vendor leaves alone whatever it does not name, tags included. */
export type ContactBody = Record<string, unknown>;

/** Custom values are written as `field_value` and read as `value`. */
export interface WrittenField {
  id: string;
  field_value: Exclude<FieldValue, null>;
}

/** @param values vendor keys and values; null and '' clear */
export function contactBody(values: Readonly<Record<string, FieldValue>>): ContactBody {
  const body: ContactBody = {};
  const customFields: WrittenField[] = [];
  for (const [key, value] of Object.entries(values)) {
    const cleared = WRITABLE.get(key);
    if (cleared !== undefined) body[key] = propertyOf(key, value) ?? cleared;
    else customFields.push({ id: key, field_value: value ?? '' });
  }
  return { ...body, ...(customFields.length > 0 && { customFields }) };
}

/** The vendor's keys of what an input names; an absent key stays absent. */
export function valuesOf(input: CreateContactInput | UpdateContactInput): Record<string, FieldValue> {
  const { first_name: firstName, last_name: lastName, email, phone, company: companyName, custom_fields } = input;
  const named = { firstName, lastName, email, phone, companyName };
  const given = Object.entries(named).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(given), ...custom_fields };
}

/** Days are taken without a time only. */
function propertyOf(key: string, value: FieldValue): string | undefined {
  const text = textOf(value);
  return key === 'dateOfBirth' && text !== undefined ? (dayOf(text) ?? text) : text;
}

/** Undefined for an empty value. */
function textOf(value: FieldValue): string | undefined {
  if (value === null) return undefined;
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  return text === '' ? undefined : text;
}
