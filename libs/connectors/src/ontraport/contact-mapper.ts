import type { Address, FieldValue, NormalizedContact, PlatformSlug } from '../_kit/contact.js';
import type { AccountFields } from './account-fields.js';
import { belongsToAccount, BIRTHDAY, INSTANTS, isCustomKey } from './contact-fields.js';
import { partsOf } from './delimited.js';
import type { OntraportContact, OntraportRecord } from './schemas.js';
import { dayOf, instantOf, readValue } from './values.js';

/** A contact in the product's shape. Tags have no names here: Ontraport tells ids only. */
export function normalizedContact(
  contact: OntraportContact,
  fields: AccountFields,
  platform: PlatformSlug,
): NormalizedContact {
  const address = normalizedAddress(contact, fields);
  return {
    id: contact.id,
    first_name: contact['firstname'] ?? '',
    last_name: contact['lastname'] ?? '',
    email: contact['email'] ?? '',
    ...present({
      phone: contact['office_phone'],
      company: contact['company'],
      job_title: contact['title'],
      website: contact['website'],
      birthday: dayOf(contact[BIRTHDAY]),
      created_at: instantOf(contact['date'])?.toISOString(),
      updated_at: instantOf(contact['dlm'])?.toISOString(),
    }),
    ...(Object.keys(address).length === 0 ? {} : { address }),
    tags: partsOf(contact['contact_cat']).map((id) => ({ id, name: '' })),
    custom_fields: customValues(contact, fields),
    source_crm: platform,
    source_id: contact.id,
  };
}

/** Whether the account's fields must be known to understand what the contact has. */
export function hasAccountFields(contact: OntraportContact): boolean {
  return Object.keys(contact).some((key) => contact[key] !== '' && belongsToAccount(key));
}

/** One attribute as a value of the product; null where the contact has none of that key. */
export function fieldOf(contact: OntraportContact, key: string, fields: AccountFields | undefined): FieldValue {
  if (key === BIRTHDAY) return dayOf(contact[key]) ?? null;
  if (INSTANTS.has(key)) return instantOf(contact[key])?.toISOString() ?? null;
  return readValue(fields?.get(key), contact[key]);
}

function customValues(contact: OntraportRecord, fields: AccountFields): Record<string, FieldValue> {
  const values = Object.entries(contact)
    .filter(([key]) => isCustomKey(key))
    .map(([key, text]) => [key, readValue(fields.get(key), text)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== null));
}

function normalizedAddress(contact: OntraportRecord, fields: AccountFields): Address {
  const label = (key: string) => String(readValue(fields.get(key), contact[key]) ?? '');
  return present({
    line1: contact['address'],
    line2: contact['address2'],
    city: contact['city'],
    state: label('state'),
    zip: contact['zip'],
    country: label('country'),
  });
}

function present<K extends string>(values: Record<K, string | undefined>): Partial<Record<K, string>> {
  const kept: Partial<Record<K, string>> = {};
  for (const [key, value] of Object.entries<string | undefined>(values)) {
    if (value !== undefined && value !== '') kept[key as K] = value;
  }
  return kept;
}
