import type { FieldValue, NormalizedContact } from '#connectors';
import { STANDARD_NAMES } from './known-contact.js';
import type { Snapshot } from './reading.js';

const TEXTS = [
  'first_name',
  'last_name',
  'email',
  'phone',
  'company',
  'job_title',
  'website',
  'birthday',
  'anniversary',
] as const;

/**
 * A contact that was read through the connector.
 * @param byName the vendor's webhooks name tags instead of giving their ids
 */
export function snapshotOf(contact: NormalizedContact, at: Date, byName: boolean): Snapshot {
  const fields: Record<string, FieldValue> = { ...contact.custom_fields };
  for (const name of TEXTS) if (contact[name] !== undefined) fields[name] = contact[name];
  const { line1, line2, city, state, zip, country } = contact.address ?? {};
  for (const [name, part] of Object.entries({ address1: line1, address2: line2, city, state, zip, country })) {
    if (part !== undefined) fields[name] = part;
  }
  return {
    contactId: contact.id,
    at,
    created: false,
    ...(contact.tags !== undefined && {
      tags: contact.tags.map(({ id, name }) => (byName && name !== '' ? name : id)),
    }),
    fields,
    covers: [...STANDARD_NAMES],
  };
}
