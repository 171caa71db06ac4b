import { Schema } from 'mongoose';
import { mailRequested, mailSealScope, type CloudEvent } from '#contracts';
import { defineCollection } from './define-collection.js';
import type { Entity } from './define-collection.js';
import { keptBecause } from './erasure-rule.js';

/** An event that is committed but perhaps not yet published. `_id` is the event's and the message's id. */
export interface OutboxEntry extends Entity {
  subject: string;
  event: CloudEvent;
}

export const outboxEntries = defineCollection<OutboxEntry>({
  name: 'outbox',
  domain: 'outbox',
  title: 'Outbox entry',
  // Secrets of mails are the only sealed texts that pass through here.
  sealedFor: ({ _id, event }) => (event.type === mailRequested.type ? mailSealScope(_id) : (event.accountid ?? '')),
  erasure: keptBecause('goes as soon as it is published'),
  fields: { subject: String, event: Schema.Types.Mixed },
});
