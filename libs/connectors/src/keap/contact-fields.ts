import type { FieldValue } from '../_kit/contact.js';
import type { KeapContact } from './schemas.js';
import { customValue, emailOf, mainAddress, phoneOf, zipOf } from './contact-mapper.js';

/** Field keys that are one text property of a contact, under Keap's name for it. */
export const SCALARS: Readonly<Record<string, keyof KeapContact & string>> = {
  given_name: 'given_name',
  family_name: 'family_name',
  job_title: 'job_title',
  website: 'website',
  birthday: 'birth_date',
  anniversary: 'anniversary_date',
  owner_id: 'owner_id',
  leadsource_id: 'leadsource_id',
};

/** Dates are cleared by naming them in the mask without a value: an empty text is no date. */
export const DATE_SCALARS: ReadonlySet<string> = new Set(['birthday', 'anniversary']);

/** Properties that can be read but not written. */
const READ_ONLY: Readonly<Record<string, keyof KeapContact & string>> = {
  id: 'id',
  score_value: 'score_value',
  create_time: 'create_time',
  update_time: 'update_time',
};

/** Parts of the main address. */
export const ADDRESS_PARTS = ['line1', 'line2', 'locality', 'region', 'postal_code', 'country_code'] as const;
export type AddressPart = (typeof ADDRESS_PARTS)[number];

export const isAddressPart = (key: string): key is AddressPart => ADDRESS_PARTS.some((part) => part === key);
export const isEmailSlot = (key: string): boolean => /^EMAIL[1-3]$/.test(key);
export const isPhoneSlot = (key: string): boolean => /^PHONE[1-5]$/.test(key);
export const isReadOnly = (key: string): boolean => key in READ_ONLY;

/** Keys with a meaning of their own; every other key is a custom field's id. */
export const VENDOR_KEYS: readonly string[] = [
  ...Object.keys(SCALARS),
  ...Object.keys(READ_ONLY),
  ...ADDRESS_PARTS,
  'email',
  'phone',
  'company',
  'EMAIL1',
  'EMAIL2',
  'EMAIL3',
  'PHONE1',
  'PHONE2',
  'PHONE3',
  'PHONE4',
  'PHONE5',
];

/** One field of a contact; null where the contact has none of that key. */
export function fieldOf(contact: KeapContact, key: string): FieldValue {
  const property = SCALARS[key] ?? READ_ONLY[key];
  if (property !== undefined) return textOrNull(contact[property]);
  if (key === 'email') return emailOf(contact) ?? null;
  if (key === 'phone') return phoneOf(contact) ?? null;
  if (key === 'company') return contact.company?.company_name ?? null;
  if (isEmailSlot(key)) return contact.email_addresses?.find(({ field }) => field === key)?.email ?? null;
  if (isPhoneSlot(key)) return contact.phone_numbers?.find(({ field }) => field === key)?.number ?? null;
  if (isAddressPart(key)) return addressPart(contact, key);
  const custom = contact.custom_fields?.find(({ id }) => id === key);
  return custom === undefined ? null : customValue(custom.content);
}

function addressPart(contact: KeapContact, part: AddressPart): FieldValue {
  const address = mainAddress(contact);
  if (address === undefined) return null;
  if (part === 'postal_code') return zipOf(address) ?? null;
  if (part === 'region') return textOrNull(address.region ?? address.region_code);
  return textOrNull(address[part]);
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
