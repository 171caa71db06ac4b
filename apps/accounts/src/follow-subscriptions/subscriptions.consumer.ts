import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { events, scopeOf } from '#contracts';
import {
  BatchConsumer,
  JETSTREAM,
  type JetStreamClient,
  NATS_CONNECTION,
  type NatsConnection,
  readableEvents,
} from '#messaging';
import type { StopsWork } from '#service-defaults';
import { Accounts } from '../persistence/accounts.repository.js';

/** Hears of changed subscriptions: accounts show the plan and its limits. */
@Injectable()
export class SubscriptionsConsumer implements OnApplicationBootstrap, StopsWork {
  private readonly consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    accounts: Accounts,
  ) {
    this.consumer = new BatchConsumer(connection, jetstream, {
      stream: 'EVENTS',
      durable: 'accounts-subscriptions',
      filters: [events.subscriptionChanged.subject()],
      handle: async (messages) => {
        for (const change of readableEvents(events.subscriptionChanged, messages)) {
          await accounts.applyPlan(scopeOf(change.account_id), change.revision, change);
        }
      },
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.consumer.start();
  }

  stopWork(): Promise<void> {
    return this.consumer.stop();
  }
}
