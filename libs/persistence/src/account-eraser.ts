import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { events, newId, type EventData } from '#contracts';
import {
  BatchConsumer,
  EventPublisher,
  JETSTREAM,
  type JetStreamClient,
  NATS_CONNECTION,
  type NatsConnection,
  readableEvents,
  SERVICE_NAME,
} from '#messaging';
import { logger } from '#telemetry';
import type { Collection, Filter } from './collection.js';
import { Database } from './database.js';
import type { StoredDocument } from './define-collection.js';
import type { ErasureDue } from './erasure-rule.js';
import { ErasureSteps } from './erasure-steps.js';

type Due = EventData<typeof events.accountErasureDue>;
type Report = Pick<EventData<typeof events.accountErasureReported>, 'erased' | 'kept'>;

/** A large account is not erased within the time of a request. */
const PATIENCE_MS = 5 * 60 * 1000;

/**
 * Erases an account from the database of its service when accounts says that it is time, by the rule of each
 * collection, and answers with what it did. A collection without a rule is not guessed at: nothing is reported then,
 * so the erasure stays incomplete and is asked for again; so it is when something outside cannot be erased now.
 */
@Injectable()
export class AccountEraser implements OnApplicationBootstrap {
  private readonly consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    @Inject(SERVICE_NAME) private readonly service: string,
    private readonly database: Database,
    private readonly steps: ErasureSteps,
    private readonly publisher: EventPublisher,
  ) {
    this.consumer = new BatchConsumer(connection, jetstream, {
      stream: 'EVENTS',
      durable: `${service}-erasures`,
      filters: [events.accountErasureDue.subject()],
      handle: async (messages) => {
        for (const due of readableEvents(events.accountErasureDue, messages)) await this.erase(due);
      },
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.consumer.start();
  }

  stopWork(): Promise<void> {
    return this.consumer.stop();
  }

  /** Names of collections that nobody has said what becomes of. */
  undecided(): string[] {
    return this.database
      .collections()
      .filter(({ definition }) => definition.erasure === undefined)
      .map(({ name }) => name);
  }

  private async erase({ erasure_id, account_id, user_ids }: Due): Promise<void> {
    const undecided = this.undecided();
    if (undecided.length > 0) {
      logger.error({ account_id, collections: undecided }, 'collections without an erasure rule: nothing was erased');
      return;
    }
    const elsewhere = await this.eraseElsewhere(account_id);
    if (elsewhere === undefined) return;
    const done: Report = { erased: elsewhere, kept: {} };
    for (const collection of this.database.collections()) {
      await eraseFrom(collection, { accountId: account_id, userIds: user_ids }, done);
    }
    await this.publisher.publish(events.accountErasureReported, {
      subject: account_id,
      accountId: account_id,
      data: { report_id: newId('ers'), erasure_id, account_id, service: this.service, ...done },
    });
  }

  private async eraseElsewhere(accountId: string): Promise<Report['erased'] | undefined> {
    const erased: Report['erased'] = {};
    for (const step of this.steps.all()) {
      try {
        erased[step.name] = await step.erase(accountId);
      } catch (error) {
        logger.error({ err: error, account_id: accountId, what: step.name }, 'not erased now: nothing was reported');
        return undefined;
      }
    }
    return erased;
  }
}

async function eraseFrom(collection: Collection<StoredDocument>, due: ErasureDue, done: Report): Promise<void> {
  const rule = collection.definition.erasure;
  if (rule === undefined) return;
  if ('keptBecause' in rule) {
    done.kept[collection.name] = rule.keptBecause;
    return;
  }
  let count = 0;
  const patient = collection.withPatience(PATIENCE_MS);
  for (const filter of rule.matching(due)) count += await patient.deleteMany(filter as Filter<StoredDocument>);
  done.erased[collection.name] = count;
}
