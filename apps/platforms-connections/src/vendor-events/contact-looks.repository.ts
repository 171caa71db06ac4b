import { Injectable } from '@nestjs/common';
import type { AccountScope } from '#contracts';
import { Database, defineCollection, TenantRepository, type TenantEntity, erasedByAccount } from '#persistence';

/** A contact that has to be read, because its vendor told only that it changed. */
export interface ContactLook extends TenantEntity {
  connection_id: string;
  contact_id: string;
  due_at: Date;
  tries: number;
  asked_at: Date;
  /** Grows with every further event: a look that began before it does not count for it. */
  revision: number;
}

export const contactLooksCollection = defineCollection<ContactLook>({
  name: 'contact_looks',
  domain: 'connections',
  title: 'Look at a contact',
  erasure: erasedByAccount,
  fields: {
    connection_id: { type: String, required: true },
    contact_id: { type: String, required: true },
    due_at: { type: Date, required: true },
    tries: { type: Number, required: true },
    asked_at: { type: Date, required: true },
    revision: { type: Number, required: true },
  },
  indexes: [{ keys: { due_at: 1 } }],
});

/** While one process looks, no other does. */
const LEASE_MS = 60_000;

/** Contacts that wait to be read, each once however many events there were. */
@Injectable()
export class ContactLooks extends TenantRepository<ContactLook> {
  constructor(database: Database) {
    super(database, contactLooksCollection);
  }

  async ask(scope: AccountScope, connectionId: string, contactId: string): Promise<void> {
    const now = new Date();
    const about = { account_id: scope.accountId, connection_id: connectionId, contact_id: contactId };
    await this.system('the id names the connection').updateOne(
      { _id: `${connectionId} ${contactId}`, account_id: scope.accountId },
      {
        $set: { due_at: now, updated_at: now },
        $inc: { revision: 1, version: 1 },
        $setOnInsert: {
          connection_id: about.connection_id,
          contact_id: contactId,
          tries: 0,
          asked_at: now,
          created_at: now,
        },
      },
      { upsert: true },
    );
  }

  /** The next look that is due, for this process alone for a minute; null when there is none. */
  take(now: Date): Promise<ContactLook | null> {
    return this.system('one process looks for all accounts').findOneAndUpdate(
      { due_at: { $lte: now } },
      { $set: { due_at: new Date(now.getTime() + LEASE_MS) }, $inc: { tries: 1 } },
      { sort: { due_at: 1 } },
    );
  }

  /** @returns false when there were further events meanwhile: then it is looked again, at once */
  async done(scope: AccountScope, { _id, revision }: ContactLook): Promise<boolean> {
    if ((await this.deleteWhere(scope, { _id, revision })) > 0) return true;
    await this.updateWhere(scope, { _id }, { $set: { due_at: new Date(), tries: 0 } });
    return false;
  }

  async later(scope: AccountScope, { _id, revision }: ContactLook, due: Date): Promise<void> {
    await this.updateWhere(scope, { _id, revision }, { $set: { due_at: due } });
  }
}
