import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { createHash } from 'node:crypto';
import { events, type ContactChanged } from '#contracts';
import { Outbox } from '#persistence';
import type { Connection } from '../persistence/connection.collection.js';
import { PlatformRegistry } from '../platforms/platform-registry.js';
import type { Differences } from './known-contact.js';
import type { Told } from './reading.js';

type Change = Pick<ContactChanged, 'contact_id' | 'change' | 'tag' | 'field'> & { occurredAt: Date };

/** Lets the product know of changed contacts, in the transaction in which the change was noticed. */
@Injectable()
export class ContactChanges {
  constructor(
    private readonly outbox: Outbox,
    private readonly registry: PlatformRegistry,
  ) {}

  async told(session: ClientSession, connection: Connection, told: Told): Promise<void> {
    const { contactId, change, tag, field, occurredAt, identity } = told;
    const about = { ...(tag !== undefined && { tag }), ...(field !== undefined && { field }) };
    await this.#publish(session, connection, { contact_id: contactId, change, ...about, occurredAt }, identity);
  }

  /** @param identity of what showed the differences */
  async noticed(
    session: ClientSession,
    connection: Connection,
    seen: { contactId: string; at: Date; byName: boolean },
    found: Differences,
    identity: readonly unknown[],
  ): Promise<void> {
    const about = { contact_id: seen.contactId, occurredAt: seen.at };
    const tagOf = (tag: string): Change['tag'] => (seen.byName ? { name: tag } : { id: tag });
    const changes: Change[] = [
      ...found.tagsApplied.map((tag) => ({ ...about, change: 'tag_applied' as const, tag: tagOf(tag) })),
      ...found.tagsRemoved.map((tag) => ({ ...about, change: 'tag_removed' as const, tag: tagOf(tag) })),
      ...found.fieldsChanged.map((field) => ({ ...about, change: 'field_changed' as const, field })),
    ];
    for (const change of changes) {
      await this.#publish(session, connection, change, [...identity, change.change, change.tag, change.field?.key]);
    }
  }

  async #publish(
    session: ClientSession,
    connection: Connection,
    { occurredAt, ...change }: Change,
    identity: readonly unknown[],
  ): Promise<void> {
    const { _id: connectionId, account_id: accountId, platform_id: platformId } = connection;
    await this.outbox.add(session, events.contactChanged, {
      subject: change.contact_id,
      accountId,
      data: {
        ...change,
        change_id: changeId([connectionId, ...identity]),
        account_id: accountId,
        connection_id: connectionId,
        platform: this.registry.get(platformId).record.slug,
        occurred_at: occurredAt.toISOString(),
      },
    });
  }
}

const changeId = (identity: readonly unknown[]): string =>
  `chg_${createHash('sha256').update(JSON.stringify(identity)).digest('base64url')}`;
