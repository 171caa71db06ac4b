import { z } from 'zod';
import { defineEvent } from '../define-event.js';

/** What can happen to a contact at a vendor, as far as vendors tell. */
export const CONTACT_CHANGES = [
  'contact_created',
  'contact_updated',
  'contact_deleted',
  'tag_applied',
  'tag_removed',
  'field_changed',
] as const;
export type ContactChange = (typeof CONTACT_CHANGES)[number];

/** One change of one contact, in the same words for every vendor. */
export const ContactChanged = z.object({
  /** The same for every delivery of the same change: what acts on a change acts once for each id. */
  change_id: z.string(),
  account_id: z.string(),
  connection_id: z.string(),
  platform: z.string(),
  contact_id: z.string(),
  change: z.enum(CONTACT_CHANGES),
  /** Which tag; vendors name it by id, by name, or both. */
  tag: z.object({ id: z.string().optional(), name: z.string().optional() }).optional(),
  /** Which field, by the vendor's key; the value where the vendor tells it. */
  field: z
    .object({
      key: z.string(),
      value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]).optional(),
    })
    .optional(),
  occurred_at: z.iso.datetime(),
});
export type ContactChanged = z.infer<typeof ContactChanged>;

export const crmEvents = {
  contactChanged: defineEvent({
    domain: 'crm',
    entity: 'contact',
    fact: 'changed',
    summary: 'A contact was changed at its vendor, by whomever.',
    data: ContactChanged,
  }),
} as const;
