import { z } from 'zod';
import { NOTHING, type Reader, type Told } from '../reading.js';
import { Id, momentOf } from './values.js';

const Event = z.object({
  type: z.string(),
  date_time: z.string().optional(),
  contact: z.object({ id: Id }),
  /** The tag's name. */
  tag: z.string().optional(),
});

const CHANGES: Readonly<Record<string, Told['change']>> = {
  subscribe: 'contact_created',
  unsubscribe: 'contact_updated',
  update: 'contact_updated',
  contact_tag_added: 'tag_applied',
  contact_tag_removed: 'tag_removed',
};

/** ActiveCampaign names tags and says `subscribe` both of new contacts and of known ones that join a list. */
export const readActiveCampaign: Reader = (payload, { eventId, receivedAt }) => {
  const event = Event.safeParse(payload);
  const change = CHANGES[event.data?.type ?? ''];
  if (!event.success || change === undefined) return NOTHING;
  const { type, contact, tag, date_time: moment } = event.data;
  const at = momentOf(moment, receivedAt);
  const isTag = change === 'tag_applied' || change === 'tag_removed';
  if (isTag && tag === undefined) return NOTHING;
  const told: Told = {
    contactId: contact.id,
    change,
    ...(isTag && tag !== undefined && { tag: { name: tag } }),
    occurredAt: at,
    identity: [eventId],
    ...(type === 'subscribe' && { onlyIfUnknown: true }),
  };
  return { told: [told], looks: isTag ? [] : [{ contactId: contact.id, at }] };
};
