import { Schema } from 'mongoose';
import type { AuditEntry } from '#contracts';
import { defineCollection, type TenantEntity, erasedByAccount } from '#persistence';

/** Something that happened in an account. `_id` is the id that the service gave where it happened. */
export interface StoredAuditEntry extends TenantEntity, Omit<AuditEntry, 'account_id'> {
  /** When it happened, by the clock of the service where it happened. */
  at: Date;
  /** The service where it happened. */
  source: string;
}

export const auditEntryCollection = defineCollection<StoredAuditEntry>({
  name: 'audit-entries',
  domain: 'audit',
  title: 'Audit entry',
  erasure: erasedByAccount,
  fields: {
    type: { type: String, required: true },
    actor: { type: Schema.Types.Mixed, required: true },
    ip: String,
    target: Schema.Types.Mixed,
    data: { type: Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
    source: { type: String, required: true },
  },
  indexes: [
    { keys: { account_id: 1, at: -1, _id: -1 } },
    { keys: { account_id: 1, type: 1, at: -1 } },
    { keys: { account_id: 1, 'actor.id': 1, at: -1 } },
  ],
});
