import { Injectable } from '@nestjs/common';
import { inboundReceived, type InboundVendor } from '#contracts';
import { isDuplicateKey, Outbox, UnitOfWork } from '#persistence';
import { counter, redact } from '#telemetry';
import type { VerifiedEvent } from './delivery.js';
import { inboundId, InboundEvents } from './inbound-events.repository.js';

const inbound = counter({
  name: 'mfh.webhooks.inbound',
  description: 'Verified webhook events, by vendor and by whether they had come before',
  unit: '{event}',
});

/** Another process may store the same events at the same moment; it needs no more than one further look. */
const TRIES = 3;

/** Stores verified events once and lets the rest of the product know in the same transaction. */
@Injectable()
export class StoreInbound {
  constructor(
    private readonly events: InboundEvents,
    private readonly outbox: Outbox,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @returns how many of them are new @throws Problem 503 when they cannot be stored now */
  async store(vendor: InboundVendor, verified: readonly VerifiedEvent[], receivedAt: Date): Promise<number> {
    const distinct = new Map(verified.map((event) => [inboundId(vendor, event.id), event]));
    for (let attempt = 1; ; attempt += 1) {
      try {
        const stored = await this.storeNew(vendor, distinct, receivedAt);
        inbound.add(stored, { vendor, repeated: false });
        inbound.add(verified.length - stored, { vendor, repeated: true });
        return stored;
      } catch (error) {
        if (!isDuplicateKey(error) || attempt >= TRIES) throw error;
      }
    }
  }

  private async storeNew(
    vendor: InboundVendor,
    distinct: ReadonlyMap<string, VerifiedEvent>,
    receivedAt: Date,
  ): Promise<number> {
    const known = await this.events.known([...distinct.keys()]);
    const fresh = [...distinct].flatMap(([key, event]) => (known.has(key) ? [] : [event]));
    if (fresh.length === 0) return 0;
    await this.unitOfWork.run(async (session) => {
      for (const { id, payload, endpoint } of fresh) {
        const hidden = redact(payload) as Record<string, unknown>;
        const about = { vendor, event_id: id, ...(endpoint !== undefined && { endpoint }) };
        await this.events.add({ ...about, received_at: receivedAt, body: JSON.stringify(hidden) });
        await this.outbox.add(session, inboundReceived[vendor], {
          subject: id,
          ...(endpoint !== undefined && { accountId: endpoint.account_id }),
          data: { ...about, received_at: receivedAt.toISOString(), payload: hidden },
        });
      }
    });
    return fresh.length;
  }
}
