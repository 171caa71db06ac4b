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
    vendorEvents: ApplyVendorEvent,
  ) {
    this.#consumer = new BatchConsumer(connection, jetstream, {
      stream: 'EVENTS',
      durable: 'connections-vendor-events',
      filters: APPLIED_VENDORS.map((vendor) => inboundReceived[vendor].subject()),
      maxBatch: MOST_AT_ONCE,
      handle: async (messages) => {
        // The events of all vendors have one form.
        for (const received of readableEvents(inboundReceived.keap, messages)) await vendorEvents.apply(received);
      },
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.#consumer.start();
  }

  stopWork(): Promise<void> {
    return this.#consumer.stop();
  }
}
