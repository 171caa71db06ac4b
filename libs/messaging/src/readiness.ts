import { Inject, Injectable } from '@nestjs/common';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { STREAM_NAMES, subjects } from '#contracts';
import type { ReadinessCheck } from '#telemetry';
import { NATS_CONNECTION } from './tokens.js';

/** Ready when the broker answers. */
@Injectable()
export class BrokerReadiness implements ReadinessCheck {
  readonly readinessName = 'nats';

  constructor(@Inject(NATS_CONNECTION) private readonly connection: NatsConnection) {}

  async checkReadiness(): Promise<void> {
    await this.connection.rtt();
  }
}

/** Ready when every declared stream exists. */
@Injectable()
export class StreamsReadiness implements ReadinessCheck {
  readonly readinessName = 'streams';

  constructor(@Inject(NATS_CONNECTION) private readonly connection: NatsConnection) {}

  async checkReadiness(): Promise<void> {
    const manager = await jetstreamManager(this.connection, { checkAPI: false });
    await Promise.all(STREAM_NAMES.map((name) => manager.streams.info(subjects.stream(name))));
  }
}
