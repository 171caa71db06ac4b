import { Injectable } from '@nestjs/common';
import { Database, defineCollection, erasedByAccount, SystemRepository } from '#persistence';
import type { StoredDocument } from '#persistence';

/** The provider sends an event for days, the gateway knows it for a month. */
const KEPT_MS = 45 * 24 * 60 * 60 * 1_000;

/** An event of the payment provider whose effect is in the database. */
export interface AppliedEvent extends StoredDocument {
  event_type: string;
  /** Absent where the event was about nobody whom we know. */
  account_id?: string;
  applied_at: Date;
  expire_at: Date;
}

const appliedEvents = defineCollection<AppliedEvent>({
  name: 'applied_provider_events',
  domain: 'billing',
  title: 'Event',
  erasure: erasedByAccount,
  fields: { event_type: String, applied_at: Date, expire_at: Date },
  indexes: [{ keys: { account_id: 1 } }, { keys: { expire_at: 1 }, options: { expireAfterSeconds: 0 } }],
});

@Injectable()
export class AppliedEventsRepository extends SystemRepository<AppliedEvent> {
  constructor(database: Database) {
    super(database, appliedEvents);
  }

  /** Which of these have been applied. */
  async known(ids: readonly string[]): Promise<Set<string>> {
    const found = await this.handle().find({ _id: { $in: [...ids] } }, { fields: ['_id'] });
    return new Set(found.map(({ _id }) => _id));
  }

  /** @throws DuplicateKey when it was applied meanwhile */
  async add(event: { id: string; type: string; accountId: string | undefined; at: Date }): Promise<void> {
    await this.handle().insertOne({
      _id: event.id,
      event_type: event.type,
      ...(event.accountId !== undefined && { account_id: event.accountId }),
      applied_at: event.at,
      expire_at: new Date(event.at.getTime() + KEPT_MS),
    });
  }

  private handle() {
    return this.system('the provider sends the events of all accounts');
  }
}
