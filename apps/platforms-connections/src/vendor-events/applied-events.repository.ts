import { Injectable } from '@nestjs/common';
import type { AccountScope } from '#contracts';
import { Database, defineCollection, TenantRepository, type TenantEntity, erasedByAccount } from '#persistence';

/** As long as the event can be delivered again. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

interface AppliedEvent extends TenantEntity {
  expire_at: Date;
}

export const appliedEventsCollection = defineCollection<AppliedEvent>({
  name: 'applied_vendor_events',
  domain: 'connections',
  title: 'Vendor event',
  erasure: erasedByAccount,
  fields: { expire_at: { type: Date, required: true } },
  indexes: [{ keys: { expire_at: 1 }, options: { expireAfterSeconds: 0 } }],
});

/** Which events of vendors have been applied to which connection. */
@Injectable()
export class AppliedEvents extends TenantRepository<AppliedEvent> {
  constructor(database: Database) {
    super(database, appliedEventsCollection);
  }

  /** Call it in the transaction that applies the event. @returns false when that was done before */
  async begin(scope: AccountScope, vendor: string, eventId: string, connectionId: string): Promise<boolean> {
    const id = [connectionId, vendor, eventId].join(' ');
    if ((await this.find(scope, id)) !== null) return false;
    await this.insert(scope, { _id: id, expire_at: new Date(Date.now() + KEPT_MS) });
    return true;
  }
}
