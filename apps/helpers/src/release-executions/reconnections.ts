import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CloudEvent, events } from '#contracts';
import {
  BatchConsumer,
  JETSTREAM,
  NATS_CONNECTION,
  type JetStreamClient,
  type JsMsg,
  type NatsConnection,
} from '#messaging';
import { logger } from '#telemetry';
import { ExecutionsRepository } from '../persistence/executions.repository.js';

/** Lets executions that wait for a reconnected connection go on at once; the sweeper releases what is due. */
@Injectable()
export class Reconnections implements OnApplicationBootstrap {
  private readonly consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    private readonly executions: ExecutionsRepository,
  ) {
    this.consumer = new BatchConsumer(connection, jetstream, {
      stream: 'EVENTS',
      durable: 'helpers-reconnections',
      filters: [events.connectionUpdated.subject(), events.connectionTested.subject()],
      handle: (messages) => this.goOn(messages),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.consumer.start();
  }

  async stopWork(): Promise<void> {
    await this.consumer.stop();
  }

  private async goOn(messages: readonly JsMsg[]): Promise<void> {
    for (const message of messages) {
      const event = CloudEvent.safeParse(message.json());
      const fact = events.connectionUpdated.data
        .pick({ connection_id: true, status: true })
        .safeParse(event.data?.data);
      if (event.data?.accountid === undefined || !fact.success) {
        logger.error({ sequence: message.seq }, 'a connection event cannot be read and is left out');
      } else if (fact.data.status === 'active') {
        await this.executions.dueAgain(event.data.accountid, fact.data.connection_id, new Date());
      }
    }
  }
}
