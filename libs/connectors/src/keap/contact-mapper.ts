import type { Address, FieldValue, NormalizedContact, PlatformSlug } from '../_kit/contact.js';
import type { KeapAddress, KeapContact } from './schemas.js';

/** Properties asked for with every contact: what comes without asking is not documented. */
export const CONTACT_FIELDS = [
  'id',
  'given_name',
  'family_name',
  'email_addresses',
  'phone_numbers',
  'addresses',
  'company',
  'job_title',
  'website',
  'birth_date',
  'anniversary_date',
  'tag_ids',
  'custom_fields',
  'owner_id',
  'leadsource_id',
  'score_value',
  'create_time',
  'update_time',
].join(',');

export const FIRST_EMAIL = 'EMAIL1';
export const FIRST_PHONE = 'PHONE1';
export const MAIN_ADDRESS = 'BILLING';

/** A contact in the product's shape. Tags have no names here: Keap tells ids only. */
export function normalizedContact(contact: KeapContact, platform: PlatformSlug): NormalizedContact {
  const address = normalizedAddress(mainAddress(contact));
  return {
    id: contact.id,
    first_name: contact.given_name ?? '',
    last_name: contact.family_name ?? '',
    email: emailOf(contact) ?? '',
    ...present({
      phone: phoneOf(contact),
      company: contact.company?.company_name,
      job_title: contact.job_title,
      website: contact.website,
      birthday: contact.birth_date,
      anniversary: contact.anniversary_date,
      created_at: instant(contact.create_time),
      updated_at: instant(contact.update_time),
    }),
    ...(address === undefined ? {} : { address }),
    tags: (contact.tag_ids ?? []).map((id) => ({ id, name: '' })),
    custom_fields: Object.fromEntries(
      (contact.custom_fields ?? []).map(({ id, content }) => [id, customValue(content)]),
    ),
    source_crm: platform,
    source_id: contact.id,
  };
}

/** The slot, or the first one: some contacts have their only address in another slot. */
export function emailOf(contact: KeapContact): string | undefined {
  const emails = contact.email_addresses ?? [];
  return (emails.find(({ field }) => field === FIRST_EMAIL) ?? emails[0])?.email ?? undefined;
}

export function phoneOf(contact: KeapContact): string | undefined {
  const phones = contact.phone_numbers ?? [];
  return (phones.find(({ field }) => field === FIRST_PHONE) ?? phones[0])?.number ?? undefined;
}

export function mainAddress(contact: KeapContact): KeapAddress | undefined {
  return contact.addresses?.find(({ field }) => field === MAIN_ADDRESS);
}

/** A custom field's content as a value of the product; Keap sends texts, numbers, booleans and lists of texts. */
export function customValue(content: unknown): FieldValue {
  if (content === null || content === undefined) return null;
  if (typeof content === 'string' || typeof content === 'number' || typeof content === 'boolean') return content;
  if (Array.isArray(content)) return content.map(String);
  return JSON.stringify(content);
}

function normalizedAddress(address: KeapAddress | undefined): Address | undefined {
  if (address === undefined) return undefined;
  const parts = present({
    line1: address.line1,
    line2: address.line2,
    city: address.locality,
    state: address.region ?? address.region_code,
    zip: zipOf(address),
    country: address.country_code,
  });
  return Object.keys(parts).length > 0 ? parts : undefined;
}

export function zipOf(address: KeapAddress): string | undefined {
  const zip = address.postal_code ?? address.zip_code;
  if (zip === null || zip === undefined || zip === '') return undefined;
  const four = address.zip_four;
  return four === null || four === undefined || four === '' || zip.includes('-') ? zip : `${zip}-${four}`;
}

function present<K extends string>(values: Record<K, string | null | undefined>): Partial<Record<K, string>> {
  const kept: Partial<Record<K, string>> = {};
  for (const [key, value] of Object.entries<string | null | undefined>(values)) {
    if (value !== undefined && value !== null && value !== '') kept[key as K] = value;
  }
  return kept;
}

/** RFC 3339 in UTC; what cannot be read as an instant is left out. */
function instant(text: string | null | undefined): string | undefined {
  if (text === undefined || text === null) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
