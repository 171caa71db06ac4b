import { Inject, Injectable } from '@nestjs/common';
import { jetstreamManager } from '@nats-io/jetstream';
import { subjects } from '#contracts';
import { NATS_CONNECTION, type NatsConnection } from '#messaging';
import { gauge, type Observation } from '#telemetry';

/** How far consumers are behind: what operators watch and what capacity follows. Asked when metrics are collected. */
@Injectable()
export class ConsumerLag {
  private readonly stopObserving: () => void;

  constructor(@Inject(NATS_CONNECTION) private readonly connection: NatsConnection) {
    const definition = {
      name: 'mfh.consumer.lag',
      description: 'Messages that a consumer has not been given yet',
      unit: '{message}',
    };
    this.stopObserving = gauge(definition, () => this.read());
  }

  stopWork(): Promise<void> {
    this.stopObserving();
    return Promise.resolve();
  }

  private async read(): Promise<Observation[]> {
    const manager = await jetstreamManager(this.connection, { checkAPI: false });
    const observations: Observation[] = [];
    for (const stream of ['EXECUTIONS', 'EVENTS'] as const) {
      for await (const { name, num_pending: value } of manager.consumers.list(subjects.stream(stream))) {
        observations.push({ value, labels: { stream, consumer: name } });
      }
    }
    return observations;
  }
}
