import { Injectable } from '@nestjs/common';
import { Database, isDuplicateKey, stamped, TenantRepository, type Filter } from '#persistence';
import { auditEntryCollection, type StoredAuditEntry } from './audit-entry.collection.js';

export type NewAuditEntry = Pick<StoredAuditEntry, '_id' | 'account_id' | 'at' | 'source'> &
  Pick<StoredAuditEntry, 'type' | 'actor' | 'ip' | 'target' | 'data'>;

export interface AuditFilter {
  type?: string | undefined;
  actor?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

export const auditFilter = ({ type, actor, from, to }: AuditFilter): Filter<StoredAuditEntry> => ({
  ...(type !== undefined && { type }),
  ...(actor !== undefined && { 'actor.id': actor }),
  ...((from !== undefined || to !== undefined) && {
    at: { ...(from !== undefined && { $gte: from }), ...(to !== undefined && { $lt: to }) },
  }),
});

/** The audit log is only ever added to; nothing here changes an entry. */
@Injectable()
export class AuditEntries extends TenantRepository<StoredAuditEntry> {
  constructor(database: Database) {
    super(database, auditEntryCollection);
  }

  /** Adds what is not there yet: entries may be delivered again. @throws Error when one could not be stored */
  async add(entries: readonly NewAuditEntry[]): Promise<void> {
    const { refused } = await this.system('entries of all accounts arrive together').insertMany(
      entries.map((entry) => stamped<StoredAuditEntry>(entry)),
    );
    for (const reason of refused.values()) if (!isDuplicateKey(reason)) throw reason;
  }
}
