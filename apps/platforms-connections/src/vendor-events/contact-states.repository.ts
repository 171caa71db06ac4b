import { Injectable } from '@nestjs/common';
import type { AccountScope } from '#contracts';
import { Database, defineCollection, TenantRepository, type TenantEntity, erasedByAccount } from '#persistence';
import type { KnownContact } from './known-contact.js';

interface ContactState extends TenantEntity, KnownContact {
  connection_id: string;
}

export const contactStatesCollection = defineCollection<ContactState>({
  name: 'contact_states',
  domain: 'connections',
  title: 'Contact',
  erasure: erasedByAccount,
  fields: {
    connection_id: { type: String, required: true },
    tags: { type: [String], default: undefined },
    fields: { type: [Object], default: undefined },
    seen_at: { type: Date, required: true },
  },
  indexes: [{ keys: { connection_id: 1 } }],
});

const idOf = (connectionId: string, contactId: string): string => `${connectionId} ${contactId}`;

/** Contacts as they were last seen, for vendors that tell how a contact is and not what changed. */
@Injectable()
export class ContactStates extends TenantRepository<ContactState> {
  constructor(database: Database) {
    super(database, contactStatesCollection);
  }

  async known(scope: AccountScope, connectionId: string, contactId: string): Promise<KnownContact | undefined> {
    return (await this.find(scope, idOf(connectionId, contactId))) ?? undefined;
  }

  async remember(scope: AccountScope, connectionId: string, contactId: string, known: KnownContact): Promise<void> {
    const { tags, fields, seen_at } = known;
    const now = new Date();
    await this.system('the id names the connection').updateOne(
      { _id: idOf(connectionId, contactId), account_id: scope.accountId },
      {
        $set: {
          seen_at,
          updated_at: now,
          ...(fields !== undefined && { fields }),
          ...(tags !== undefined && { tags }),
        },
        $inc: { version: 1 },
        $setOnInsert: { connection_id: connectionId, created_at: now },
      },
      { upsert: true },
    );
  }

  /** Remembers contacts that were never seen; what is known already is newer. */
  async learn(
    scope: AccountScope,
    connectionId: string,
    contacts: readonly { contactId: string; known: KnownContact }[],
  ): Promise<void> {
    if (contacts.length === 0) return;
    const now = new Date();
    const shared = { account_id: scope.accountId, connection_id: connectionId };
    await this.system('a page of contacts of one connection').bulkWrite(
      contacts.map(({ contactId, known }) => ({
        updateOne: {
          filter: { _id: idOf(connectionId, contactId) },
          update: { $setOnInsert: { ...shared, ...known, version: 1, created_at: now, updated_at: now } },
          upsert: true,
        },
      })),
    );
  }

  async forget(scope: AccountScope, connectionId: string, contactId: string): Promise<void> {
    await this.deleteWhere(scope, { _id: idOf(connectionId, contactId) });
  }

  async forgetConnection(scope: AccountScope, connectionId: string): Promise<void> {
    await this.deleteWhere(scope, { connection_id: connectionId });
  }
}
