import {
  Global,
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { shareLink } from './broker-link.js';
import { connectToBroker } from './connect.js';
import { EventPublisher } from './event-publisher.js';
import { Questions } from './questions.js';
import { BrokerReadiness, StreamsReadiness } from './readiness.js';
import { applyStreams } from './streams.js';
import { JETSTREAM, NATS_CONNECTION, SERVICE_NAME } from './tokens.js';

/** Gives a service its broker connection, JetStream client, questions and event publisher. */
@Global()
@Module({})
export class MessagingModule implements OnModuleInit, OnApplicationShutdown {
  constructor(@Inject(NATS_CONNECTION) private readonly connection: NatsConnection) {}

  static forService(name: string): DynamicModule {
    return {
      module: MessagingModule,
      providers: [
        { provide: SERVICE_NAME, useValue: name },
        { provide: NATS_CONNECTION, useFactory: () => connectToBroker(name) },
        {
          provide: JETSTREAM,
          useFactory: (connection: NatsConnection): JetStreamClient => shareLink(connection, jetstream(connection)),
          inject: [NATS_CONNECTION],
        },
        Questions,
        EventPublisher,
        BrokerReadiness,
        StreamsReadiness,
      ],
      exports: [NATS_CONNECTION, JETSTREAM, SERVICE_NAME, Questions, EventPublisher],
    };
  }

  /** Every service may be the first one at an empty broker. */
  async onModuleInit(): Promise<void> {
    await applyStreams(this.connection);
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.connection.isClosed()) await this.connection.drain();
  }
}
