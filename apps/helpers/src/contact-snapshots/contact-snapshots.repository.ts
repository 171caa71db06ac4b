import { Injectable } from '@nestjs/common';
import { scopeOf, type AccountScope, type questions, type RequestOf } from '#contracts';
import {
  Database,
  defineCollection,
  isDuplicateKey,
  TenantRepository,
  type TenantEntity,
  erasedByAccount,
} from '#persistence';

/** A contact as it was. */
export interface ContactSnapshotRecord extends TenantEntity {
  contact_id: string;
  helper_id: string;
  execution_id: string;
  connection_id?: string;
  taken_at: Date;
  expires_at: Date;
  data: Record<string, unknown>;
}

export const contactSnapshotsCollection = defineCollection<ContactSnapshotRecord>({
  name: 'contact_snapshots',
  domain: 'contact_snapshots',
  title: 'Snapshot',
  erasure: erasedByAccount,
  fields: {
    contact_id: String,
    helper_id: String,
    execution_id: String,
    connection_id: String,
    taken_at: Date,
    expires_at: Date,
    data: Object,
  },
  indexes: [
    { keys: { account_id: 1, contact_id: 1, taken_at: -1, _id: -1 } },
    { keys: { account_id: 1, taken_at: -1, _id: -1 } },
    { keys: { expires_at: 1 }, options: { expireAfterSeconds: 0 } },
  ],
});

/** Contacts as helpers captured them. */
@Injectable()
export class ContactSnapshotsRepository extends TenantRepository<ContactSnapshotRecord> {
  constructor(database: Database) {
    super(database, contactSnapshotsCollection);
  }

  /** @returns false when it was kept already */
  async keep(request: RequestOf<typeof questions.storeSnapshot>): Promise<boolean> {
    const { account_id, snapshot_id, connection_id, taken_at, keep_until, ...same } = request;
    try {
      await this.insert(scopeOf(account_id), {
        _id: snapshot_id,
        ...same,
        ...(connection_id !== undefined && { connection_id }),
        taken_at: new Date(taken_at),
        expires_at: new Date(keep_until),
      });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Removes all that is kept of a contact. @returns how many there were */
  forget(scope: AccountScope, contactId: string): Promise<number> {
    return this.deleteWhere(scope, { contact_id: contactId });
  }
}
