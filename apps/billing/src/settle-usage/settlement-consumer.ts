import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { subjects } from '#contracts';
import { BatchConsumer, JETSTREAM, NATS_CONNECTION } from '#messaging';
import type { JetStreamClient, JsMsg, NatsConnection } from '#messaging';
import { histogram, logger } from '#telemetry';
import { ENDING_FACTS, endingOf } from '../domain/execution-ending.js';
import type { ExecutionEnding } from '../domain/execution-ending.js';
import { SettleUsage } from './settle-usage.service.js';

const MAX_BATCH = 200;
/**
 * Nobody waits for a settlement (reserved and booked executions count alike), and one transaction for many costs far
 * less than one for each.
 */
const GATHER = { ms: 150, from: 1 };

const batchSize = histogram({
  name: 'mfh.usage.settlement_group_size',
  description: 'Executions settled in one transaction',
  unit: '{execution}',
});

/** Settles executions as their last events arrive. Its durable consumer is shared by all replicas. */
@Injectable()
export class SettlementConsumer implements OnApplicationBootstrap {
  readonly #consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    private readonly settleUsage: SettleUsage,
  ) {
    this.#consumer = new BatchConsumer(connection, jetstream, {
      stream: 'EVENTS',
      durable: 'billing-settlement',
      filters: ENDING_FACTS.map(({ fact }) => subjects.executionEvents(fact)),
      maxBatch: MAX_BATCH,
      gather: GATHER,
      handle: (messages) => this.#settle(messages),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#consumer.start();
  }

  async stopWork(): Promise<void> {
    await this.#consumer.stop();
  }

  async #settle(messages: readonly JsMsg[]): Promise<void> {
    const endings = messages.flatMap((message) => read(message) ?? []);
    batchSize.record(endings.length);
    if (endings.length > 0) await this.settleUsage.settle(endings);
  }
}

/** An event that cannot be read would come back for ever; it is reported and left out. */
function read(message: JsMsg): ExecutionEnding | undefined {
  try {
    return endingOf(message.json());
  } catch (error) {
    logger.error({ err: error, subject: message.subject, sequence: message.seq }, 'an ending cannot be read');
    return undefined;
  }
}
