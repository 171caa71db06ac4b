import { Inject, Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { newId } from '#contracts';
import type { EventDefinition } from '#contracts';
import { SERVICE_NAME, toCloudEvent } from '#messaging';
import type { EventToPublish } from '#messaging';
import type { Collection } from './collection.js';
import { Database } from './database.js';
import { outboxEntries } from './outbox-entry.js';
import type { OutboxEntry } from './outbox-entry.js';
import { OutboxRelay } from './outbox-relay.js';
import { UnitOfWork } from './unit-of-work.js';
import { stamped } from './versioning.js';

/**
 * Facts written in the same transaction as the change they tell of: either both exist or neither. They are published
 * right after the commit, and by the relay's next round if the process dies first.
 */
@Injectable()
export class Outbox {
  readonly #entries: Collection<OutboxEntry>;

  constructor(
    database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly relay: OutboxRelay,
    @Inject(SERVICE_NAME) private readonly service: string,
  ) {
    this.#entries = database.collection(outboxEntries);
  }

  /**
   * @param session the open transaction, from `UnitOfWork.run`
   * @returns the id of the event, which is also the message id
   * @throws ZodError when the data does not fit the event's schema
   */
  async add<Definition extends EventDefinition>(
    session: ClientSession,
    definition: Definition,
    event: EventToPublish<Definition>,
  ): Promise<string> {
    if (!session.inTransaction()) throw new Error('Events are added to the outbox inside a transaction');
    const wrapped = toCloudEvent(this.service, definition, { ...event, id: event.id ?? newId('evt') });
    await this.#entries.insertOne(
      stamped<OutboxEntry>({ _id: wrapped.id, subject: definition.subject(event.detail), event: wrapped }),
    );
    this.unitOfWork.afterCommit(session, () => this.relay.wake());
    return wrapped.id;
  }
}
