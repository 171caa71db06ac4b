import { Schema } from 'mongoose';
import type { CloudEvent } from '#contracts';
import { defineCollection } from './define-collection.js';
import type { Entity } from './define-collection.js';

/** An event that is committed but perhaps not yet published. `_id` is the event's and the message's id. */
export interface OutboxEntry extends Entity {
  subject: string;
  event: CloudEvent;
}

export const outboxEntries = defineCollection<OutboxEntry>({
  name: 'outbox',
  domain: 'outbox',
  title: 'Outbox entry',
  fields: { subject: String, event: Schema.Types.Mixed },
});
