import { z } from 'zod';
import type { FieldValue } from '#connectors';
import { NOTHING, type Reader, type Reading, type Snapshot, type Told } from '../reading.js';
import { Id, momentOf } from './values.js';

const AppEvent = z.object({ locationId: Id.optional(), companyId: Id.optional() });
const ContactEvent = z.looseObject({
  type: z.enum(['ContactCreate', 'ContactUpdate', 'ContactDelete', 'ContactDndUpdate', 'ContactTagUpdate']),
  locationId: Id,
  id: Id,
  tags: z.array(z.string()).nullish(),
  customFields: z.array(z.object({ id: z.string(), value: z.unknown() })).nullish(),
});
type ContactEvent = z.output<typeof ContactEvent>;

const CHANGES = {
  ContactCreate: 'contact_created',
  ContactUpdate: 'contact_updated',
  ContactDndUpdate: 'contact_updated',
  ContactTagUpdate: 'contact_updated',
  ContactDelete: 'contact_deleted',
} as const;

/** Their names of standard fields, and ours. */
const STANDARD: Readonly<Record<string, string>> = {
  firstName: 'first_name',
  lastName: 'last_name',
  email: 'email',
  phone: 'phone',
  companyName: 'company',
  website: 'website',
  address1: 'address1',
  city: 'city',
  state: 'state',
  postalCode: 'zip',
  country: 'country',
};

/** GoHighLevel brings the contact as it is now, with the names of all its tags. */
export const readGoHighLevel: Reader = (payload, { eventId, receivedAt }) => {
  const { type } = payload;
  if (type === 'UNINSTALL' || type === 'AppUninstall') return readRemoval(payload);
  const event = ContactEvent.safeParse(payload);
  if (!event.success) return NOTHING;
  const at = momentOf(payload['timestamp'], receivedAt);
  const told: Told = {
    contactId: event.data.id,
    change: CHANGES[event.data.type],
    occurredAt: at,
    identity: [eventId],
  };
  const account = event.data.locationId;
  if (event.data.type === 'ContactDelete') return { told: [told], looks: [], account };
  return { told: [told], looks: [], account, snapshot: snapshotOf(event.data, at) };
};

function readRemoval(payload: Record<string, unknown>): Reading {
  const event = AppEvent.safeParse(payload);
  const account = event.data?.locationId ?? event.data?.companyId;
  return account === undefined ? NOTHING : { told: [], looks: [], account, removed: true };
}

function snapshotOf(event: ContactEvent, at: Date): Snapshot {
  const fields: Record<string, FieldValue> = {};
  for (const [theirs, ours] of Object.entries(STANDARD)) {
    const value = event[theirs];
    if (typeof value === 'string' && value !== '') fields[ours] = value;
  }
  for (const { id, value } of event.customFields ?? []) fields[id] = fieldValueOf(value);
  return {
    contactId: event.id,
    at,
    created: event.type === 'ContactCreate',
    tags: event.tags ?? [],
    fields,
    covers: Object.values(STANDARD),
  };
}

function fieldValueOf(value: unknown): FieldValue {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return Array.isArray(value) ? value.map(String) : JSON.stringify(value);
}
