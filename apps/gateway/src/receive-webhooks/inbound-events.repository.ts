import { Injectable } from '@nestjs/common';
import type { InboundVendor } from '#contracts';
import { Database, defineCollection, SystemRepository, type StoredDocument } from '#persistence';
import type { Endpoint } from './delivery.js';

/** How long what came in is kept: to refuse repetitions, and to look it up. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** One event as it came in, with secrets hidden. The id is the vendor and its id of the event. */
export interface InboundEvent extends StoredDocument {
  vendor: InboundVendor;
  event_id: string;
  received_at: Date;
  endpoint?: Endpoint;
  /** JSON. */
  body: string;
  expire_at: Date;
}

export const inboundEventsCollection = defineCollection<InboundEvent>({
  name: 'inbound_events',
  domain: 'webhooks',
  title: 'Inbound event',
  erasure: { matching: ({ accountId }) => [{ 'endpoint.account_id': accountId } as never] },
  fields: {
    vendor: { type: String, required: true },
    event_id: { type: String, required: true },
    received_at: { type: Date, required: true },
    endpoint: Object,
    body: { type: String, required: true },
    expire_at: { type: Date, required: true },
  },
  indexes: [{ keys: { vendor: 1, received_at: -1 } }, { keys: { expire_at: 1 }, options: { expireAfterSeconds: 0 } }],
});

export const inboundId = (vendor: InboundVendor, eventId: string): string => `${vendor} ${eventId}`;

/** What vendors have sent. It belongs to no account: most vendors send for all of them to one address. */
@Injectable()
export class InboundEvents extends SystemRepository<InboundEvent> {
  constructor(database: Database) {
    super(database, inboundEventsCollection);
  }

  /** Which of these ids are stored. */
  async known(ids: readonly string[]): Promise<Set<string>> {
    const found = await this.handle().find({ _id: { $in: [...ids] } }, { fields: ['_id'] });
    return new Set(found.map(({ _id }) => _id));
  }

  /** @throws DuplicateKey when another process was quicker */
  async add(event: Omit<InboundEvent, '_id' | 'expire_at'>): Promise<void> {
    await this.handle().insertOne({
      ...event,
      _id: inboundId(event.vendor, event.event_id),
      expire_at: new Date(event.received_at.getTime() + KEPT_MS),
    });
  }

  private handle() {
    return this.system('a vendor sends the events of all accounts');
  }
}
