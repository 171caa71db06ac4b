import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { events } from '#contracts';
import { BatchConsumer, JETSTREAM, NATS_CONNECTION, type JetStreamClient, type NatsConnection } from '#messaging';
import type { StopsWork } from '#service-defaults';
import { readableEvents } from '../readable-events.js';
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
