import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CloudEvent, inboundReceived } from '#contracts';
import {
  BatchConsumer,
  JETSTREAM,
  NATS_CONNECTION,
  type JetStreamClient,
  type JsMsg,
  type NatsConnection,
} from '#messaging';
import type { StopsWork } from '#service-defaults';
import { logger } from '#telemetry';
import { APPLIED_VENDORS, ApplyVendorEvent } from './apply-vendor-event.js';

/** Small groups: each event is a transaction of its own, and the group must be done before it is delivered again. */
const MOST_AT_ONCE = 20;

/** Takes up what the gateway received from CRM vendors. */
@Injectable()
export class VendorEventsConsumer implements OnApplicationBootstrap, StopsWork {
  readonly #consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    private readonly events: ApplyVendorEvent,
  ) {
    this.#consumer = new BatchConsumer(connection, jetstream, {
      stream: 'EVENTS',
      durable: 'connections-vendor-events',
      filters: APPLIED_VENDORS.map((vendor) => inboundReceived[vendor].subject()),
      maxBatch: MOST_AT_ONCE,
      handle: async (messages) => {
        for (const message of messages) await this.#apply(message);
      },
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.#consumer.start();
  }

  stopWork(): Promise<void> {
    return this.#consumer.stop();
  }

  async #apply(message: JsMsg): Promise<void> {
    const event = inboundReceived.keap.data.safeParse(CloudEvent.safeParse(message.json()).data?.data);
    if (event.success) return this.events.apply(event.data);
    logger.error({ err: event.error, sequence: message.seq }, 'a vendor event cannot be read and is left out');
  }
}
