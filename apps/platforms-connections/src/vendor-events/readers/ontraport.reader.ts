import { z } from 'zod';
import { NOTHING, type Reader, type Told } from '../reading.js';
import { Id, momentOf } from './values.js';

const CONTACTS = '0';
const Event = z.object({
  webhook_id: Id.optional(),
  object_type_id: Id.optional(),
  event: z.looseObject({ type: z.string() }),
  data: z.looseObject({ id: Id }),
  timestamp: z.unknown().optional(),
});
const TOPIC = /^(object_create|sub_tag|unsub_tag)(?:\((\d+)\))?$/;

/** Ontraport tells which event it was; which tag, the subscription says. */
export const readOntraport: Reader = (payload, { eventId, receivedAt, topicOf }) => {
  const event = Event.safeParse(payload);
  if (!event.success) return NOTHING;
  const { webhook_id: hook, object_type_id: objectType = CONTACTS, data, timestamp } = event.data;
  if (objectType !== CONTACTS) return NOTHING;
  const { type, tag_id: named } = event.data.event;
  const subscribed = TOPIC.exec(hook === undefined ? '' : (topicOf(hook) ?? ''));
  const [, kind, inType] = TOPIC.exec(type) ?? subscribed ?? [];
  const at = momentOf(timestamp, receivedAt);
  const about = { contactId: data.id, occurredAt: at, identity: [eventId] };
  if (kind === 'object_create') return { told: [{ ...about, change: 'contact_created' }], looks: [] };
  const tagId = Id.safeParse(named).data ?? inType ?? subscribed?.[2];
  if (kind === undefined || tagId === undefined) return NOTHING;
  const told: Told = { ...about, change: kind === 'sub_tag' ? 'tag_applied' : 'tag_removed', tag: { id: tagId } };
  return { told: [told], looks: [] };
};
