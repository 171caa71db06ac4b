import type { Address, FieldValue, NormalizedContact, PlatformSlug, TagRef } from '../_kit/contact.js';
import { dateText, parseInstant } from '../_kit/translate/dates.js';
import type { PropertyCatalogue } from './properties.js';
import { shownValue } from './property-values.js';
import type { HubspotContact } from './schemas.js';

/** Properties of HubSpot's own that come with every contact: only what is asked for is answered. */
export const READ_WITH_EVERY_CONTACT: readonly string[] = [
  'firstname',
  'lastname',
  'email',
  'hs_additional_emails',
  'phone',
  'mobilephone',
  'company',
  'jobtitle',
  'website',
  'date_of_birth',
  'address',
  'city',
  'state',
  'zip',
  'country',
  'hubspot_owner_id',
  'lifecyclestage',
  'hs_lead_status',
  'createdate',
  'lastmodifieddate',
];

/** Everything to ask for with a contact. */
export function wantedProperties(catalogue: PropertyCatalogue | undefined): string[] {
  return [...READ_WITH_EVERY_CONTACT, ...(catalogue?.own ?? [])];
}

/** A contact in the product's shape; tags only where they were read. */
export function normalizedContact(
  contact: HubspotContact,
  platform: PlatformSlug,
  catalogue: PropertyCatalogue | undefined,
  tags?: TagRef[],
): NormalizedContact {
  const { properties } = contact;
  const address = addressOf(properties);
  return {
    id: contact.id,
    first_name: properties['firstname'] ?? '',
    last_name: properties['lastname'] ?? '',
    email: properties['email'] ?? '',
    ...present({
      phone: properties['phone'],
      company: properties['company'],
      job_title: properties['jobtitle'],
      website: properties['website'],
      birthday: day(properties['date_of_birth']),
      created_at: instant(contact.createdAt ?? properties['createdate']),
      updated_at: instant(contact.updatedAt ?? properties['lastmodifieddate']),
    }),
    ...(address === undefined ? {} : { address }),
    ...(tags === undefined ? {} : { tags }),
    custom_fields: ownFields(contact, catalogue),
    source_crm: platform,
    source_id: contact.id,
  };
}

type Texts = HubspotContact['properties'];

/** The address of the contact; other addresses of the same person do not count. */
export function emailOf({ properties }: HubspotContact): string | undefined {
  return properties['email'] || undefined;
}

/** Whether an address is the contact's first or a further one. */
export function hasAddress({ properties }: HubspotContact, address: string): boolean {
  const further = (properties['hs_additional_emails'] ?? '').split(';');
  return [properties['email'] ?? '', ...further].some((known) => known.trim().toLowerCase() === address);
}

function ownFields({ properties }: HubspotContact, catalogue: PropertyCatalogue | undefined) {
  const fields: Record<string, FieldValue> = {};
  for (const name of catalogue?.own ?? []) {
    const value = shownValue(catalogue?.get(name), properties[name]);
    if (value !== null) fields[name] = value;
  }
  return fields;
}

function addressOf(properties: Texts): Address | undefined {
  const parts = present({
    line1: properties['address'],
    city: properties['city'],
    state: properties['state'],
    zip: properties['zip'],
    country: properties['country'],
  });
  return Object.keys(parts).length > 0 ? parts : undefined;
}

function present<K extends string>(values: Record<K, string | null | undefined>): Partial<Record<K, string>> {
  const kept: Partial<Record<K, string>> = {};
  for (const [key, value] of Object.entries<string | null | undefined>(values)) {
    if (value !== undefined && value !== null && value !== '') kept[key as K] = value;
  }
  return kept;
}

/** The vendor keeps birthdays as free text: what is no date is left out. */
function day(text: string | null | undefined): string | undefined {
  const date = text ? parseInstant(text) : undefined;
  return date === undefined ? undefined : dateText(date);
}

function instant(text: string | null | undefined): string | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
