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
import { ErasureReports } from './erasure-reports.js';

/** Hears what services erased. */
@Injectable()
export class ErasureReportsConsumer implements OnApplicationBootstrap, StopsWork {
  private readonly consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    reports: ErasureReports,
  ) {
    this.consumer = new BatchConsumer(connection, jetstream, {
      stream: 'EVENTS',
      durable: 'accounts-erasure-reports',
      filters: [events.accountErasureReported.subject()],
      handle: async (messages) => {
        for (const report of readableEvents(events.accountErasureReported, messages)) await reports.take(report);
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
