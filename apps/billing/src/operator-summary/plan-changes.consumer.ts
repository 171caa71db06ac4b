import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { events } from '#contracts';
import type { CloudEvent } from '#contracts';
import { BatchConsumer, JETSTREAM, NATS_CONNECTION, readableEvents } from '#messaging';
import type { JetStreamClient, JsMsg, NatsConnection } from '#messaging';
import { PlanChangesRepository } from '../persistence/plan-changes.repository.js';
import type { PlanChangeFact } from '../persistence/plan-changes.repository.js';

/** Keeps every change of a plan, whatever caused it, for figures over time. */
@Injectable()
export class PlanChangesConsumer implements OnApplicationBootstrap {
  readonly #consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    changes: PlanChangesRepository,
  ) {
    this.#consumer = new BatchConsumer(connection, jetstream, {
      stream: 'EVENTS',
      durable: 'billing-plan-changes',
      filters: [events.subscriptionChanged.subject()],
      handle: (messages) => changes.remember(messages.flatMap(factOf)),
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.#consumer.start();
  }

  stopWork(): Promise<void> {
    return this.#consumer.stop();
  }
}

const factOf = (message: JsMsg): PlanChangeFact[] =>
  readableEvents(events.subscriptionChanged, [message]).map(({ account_id, revision, plan, status }) => ({
    accountId: account_id,
    revision,
    plan,
    status,
    at: new Date(message.json<CloudEvent>().time),
  }));
