import type { NormalizedContact, PlatformSlug } from '../_kit/contact.js';
import { customValue, dayOf, instantOf, lineOf } from './contact-values.js';
import type { GhlContact } from './schemas.js';

/** A contact in the product's shape. A tag's name is all there is of it on a contact, so it stands for the id, too. */
export function normalizedContact(contact: GhlContact, platform: PlatformSlug): NormalizedContact {
  const address = present({
    line1: lineOf(contact),
    city: contact.city,
    state: contact.state,
    zip: contact.postalCode,
    country: contact.country,
  });
  return {
    id: contact.id,
    first_name: contact.firstName ?? '',
    last_name: contact.lastName ?? '',
    email: contact.email ?? '',
    ...present({
      phone: contact.phone,
      company: contact.companyName ?? contact.businessName,
      website: contact.website,
      birthday: dayOf(contact.dateOfBirth),
      created_at: instantOf(contact.dateAdded),
      updated_at: instantOf(contact.dateUpdated),
    }),
    ...(Object.keys(address).length > 0 && { address }),
    tags: (contact.tags ?? []).map((name) => ({ id: name, name })),
    custom_fields: Object.fromEntries((contact.customFields ?? []).map(({ id, value }) => [id, customValue(value)])),
    source_crm: platform,
    source_id: contact.id,
  };
}

function present<K extends string>(values: Record<K, string | null | undefined>): Partial<Record<K, string>> {
  const kept: Partial<Record<K, string>> = {};
  for (const [key, value] of Object.entries<string | null | undefined>(values)) {
    if (value !== undefined && value !== null && value !== '') kept[key as K] = value;
  }
  return kept;
}
