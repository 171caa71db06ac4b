import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { inboundReceived } from '#contracts';
import {
  BatchConsumer,
  JETSTREAM,
  NATS_CONNECTION,
  readableEvents,
  type JetStreamClient,
  type NatsConnection,
} from '#messaging';
import type { StopsWork } from '#service-defaults';
import { FollowEvents } from './follow-events.js';

/** One purchase is a handful of events; each needs a few answers of the provider. */
const MAX_BATCH = 10;
const PARALLEL = 4;

/** Hears the events of the payment provider that the gateway has proven and stored. */
@Injectable()
export class StripeEventsConsumer implements OnApplicationBootstrap, StopsWork {
  readonly #consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    follow: FollowEvents,
  ) {
    this.#consumer = new BatchConsumer(connection, jetstream, {
      stream: 'EVENTS',
      durable: 'billing-provider-events',
      filters: [inboundReceived.stripe.subject()],
      maxBatch: MAX_BATCH,
      parallel: PARALLEL,
      handle: (messages) => follow.follow(readableEvents(inboundReceived.stripe, messages)),
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.#consumer.start();
  }

  stopWork(): Promise<void> {
    return this.#consumer.stop();
  }
}
