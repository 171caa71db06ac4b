import { z } from 'zod';
import type { Reader, Reading, ReadingHints, Told } from '../reading.js';
import { NOTHING } from '../reading.js';
import { Id, momentOf } from './values.js';

const Tagged = z.object({ id: Id, timestamp: z.unknown().optional() });
const ObjectKey = z.object({
  id: Id.optional(),
  tagId: Id.optional(),
  timestamp: z.unknown().optional(),
  /** With tags, the contacts in question. */
  contact_details: z.array(Tagged).optional(),
  applied: z.array(Id).optional(),
});
type ObjectKey = z.output<typeof ObjectKey>;
const Delivery = z.object({ event_key: z.string(), object_keys: z.array(ObjectKey) });

const CONTACT_EVENTS = {
  'contact.add': 'contact_created',
  'contact.edit': 'contact_updated',
  'contact.delete': 'contact_deleted',
} as const;
const TAG_EVENTS = { 'contactGroup.applied': 'tag_applied', 'contactGroup.removed': 'tag_removed' } as const;

/** Keap tells ids only, many in one delivery; a redelivery may group them in another way. */
export const readKeap: Reader = (payload, hints) => {
  const delivery = Delivery.safeParse(payload);
  if (!delivery.success) return NOTHING;
  const { event_key: key, object_keys: objects } = delivery.data;
  if (key in CONTACT_EVENTS) return readContacts(key as keyof typeof CONTACT_EVENTS, objects, hints);
  if (key in TAG_EVENTS) return readTags(key as keyof typeof TAG_EVENTS, objects, hints);
  return NOTHING;
};

function readContacts(key: keyof typeof CONTACT_EVENTS, objects: readonly ObjectKey[], hints: ReadingHints): Reading {
  const told = objects.flatMap(({ id, timestamp }): Told[] => {
    if (id === undefined) return [];
    const identity = [key, id, timestamp ?? hints.eventId];
    return [
      { contactId: id, change: CONTACT_EVENTS[key], occurredAt: momentOf(timestamp, hints.receivedAt), identity },
    ];
  });
  const looks = key === 'contact.delete' ? [] : told.map(({ contactId, occurredAt: at }) => ({ contactId, at }));
  return { told, looks };
}

function readTags(key: keyof typeof TAG_EVENTS, objects: readonly ObjectKey[], hints: ReadingHints): Reading {
  const told = objects.flatMap((object): Told[] => {
    const tagId = object.tagId ?? object.id;
    if (tagId === undefined) return [];
    return contactsOf(object).map(({ id, timestamp }) => ({
      contactId: id,
      change: TAG_EVENTS[key],
      tag: { id: tagId },
      occurredAt: momentOf(timestamp, hints.receivedAt),
      identity: [key, tagId, id, timestamp ?? hints.eventId],
    }));
  });
  return { told, looks: [] };
}

const contactsOf = ({ contact_details: details, applied, timestamp }: ObjectKey) =>
  details?.map((contact) => ({ id: contact.id, timestamp: contact.timestamp ?? timestamp })) ??
  (applied ?? []).map((id) => ({ id, timestamp }));
