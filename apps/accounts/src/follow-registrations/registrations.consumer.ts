import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { events } from '#contracts';
import {
  BatchConsumer,
  JETSTREAM,
  type JetStreamClient,
  NATS_CONNECTION,
  type NatsConnection,
  readableEvents,
} from '#messaging';
import type { StopsWork } from '#service-defaults';
import { ClaimedAccounts } from './claimed-accounts.js';

/** Hears that users have registered: their accounts are wanted. */
@Injectable()
export class RegistrationsConsumer implements OnApplicationBootstrap, StopsWork {
  private readonly consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    claimed: ClaimedAccounts,
  ) {
    this.consumer = new BatchConsumer(connection, jetstream, {
      stream: 'EVENTS',
      durable: 'accounts-registrations',
      filters: [events.userRegistered.subject()],
      handle: async (messages) => {
        for (const { account_id } of readableEvents(events.userRegistered, messages)) await claimed.claim(account_id);
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
