import { z } from 'zod';
import { defineEvent } from '../define-event.js';

/** Changes of contacts that can start a helper. */
export const TRIGGER_EVENTS = ['tag_applied', 'tag_removed', 'contact_created', 'field_changed'] as const;
export type TriggerEvent = (typeof TRIGGER_EVENTS)[number];

/** Which of these changes count; an empty filter lets all pass. */
export const TriggerFilter = z.strictObject({
  /** Id or name of a tag. */
  tag_id: z.string().trim().min(1).max(200).optional(),
  /** Name, label, key or id of a field. */
  field: z.string().trim().min(1).max(200).optional(),
  /** The value that the field must have now. */
  equals: z.union([z.string().max(1000), z.number(), z.boolean()]).optional(),
});
export type TriggerFilter = z.infer<typeof TriggerFilter>;

const TriggerFact = z.object({
  trigger_id: z.string(),
  helper_id: z.string(),
  connection_id: z.string().optional(),
  event: z.enum(TRIGGER_EVENTS),
  filter: TriggerFilter,
  /** Grows with every change of the trigger: of two facts the one with the higher version holds. */
  version: z.number().int().min(1),
});

const trigger = (fact: string, summary: string) =>
  defineEvent({ domain: 'helpers', entity: 'trigger', fact, summary, data: TriggerFact });

export const triggerEvents = {
  triggerCreated: trigger('created', 'A helper is to be started by changes of contacts.'),
  triggerUpdated: trigger('updated', 'The helper of a trigger was moved to another connection.'),
  triggerDeleted: trigger('deleted', 'A trigger, or its helper, was deleted.'),
} as const;
