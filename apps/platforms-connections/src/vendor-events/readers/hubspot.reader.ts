import { z } from 'zod';
import { NOTHING, type Reader, type Told } from '../reading.js';
import { Id, momentOf } from './values.js';

const Event = z.object({
  portalId: Id,
  objectId: Id,
  subscriptionType: z.string(),
  /** With subscriptions of the newer kind, which serve every type of object. */
  objectTypeId: z.string().optional(),
  propertyName: z.string().optional(),
  propertyValue: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
  occurredAt: z.unknown().optional(),
});

const CONTACTS = '0-1';
const CHANGES: Readonly<Record<string, Told['change']>> = {
  creation: 'contact_created',
  restore: 'contact_created',
  deletion: 'contact_deleted',
  privacyDeletion: 'contact_deleted',
  propertyChange: 'field_changed',
  merge: 'contact_updated',
  associationChange: 'contact_updated',
};

/** HubSpot tells each changed property with its value. */
export const readHubSpot: Reader = (payload, { eventId, receivedAt }) => {
  const event = Event.safeParse(payload);
  if (!event.success) return NOTHING;
  const { portalId, objectId, subscriptionType, objectTypeId, propertyName, propertyValue, occurredAt } = event.data;
  const [object = '', fact = ''] = subscriptionType.split('.', 2);
  const change = CHANGES[fact];
  const isContact = object === 'contact' || (object === 'object' && objectTypeId === CONTACTS);
  if (change === undefined || !isContact) return { ...NOTHING, account: portalId };
  const field = propertyName === undefined ? undefined : { key: propertyName, value: propertyValue ?? null };
  const told: Told = {
    contactId: objectId,
    change,
    ...(change === 'field_changed' && field !== undefined && { field }),
    occurredAt: momentOf(occurredAt, receivedAt),
    identity: [eventId],
  };
  return { told: [told], looks: [], account: portalId };
};
