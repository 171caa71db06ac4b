import type { ConsumerMessages, JetStreamClient, JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { setTimeout as pause } from 'node:timers/promises';
import { subjects, type Lane } from '#contracts';
import { ensureConsumer } from '#messaging';
import { logger } from '#telemetry';

const REOPEN_AFTER_MS = 250;

export interface LanePullerOptions {
  helperType: string;
  lane: Lane;
  ackWaitMs: number;
  /** Messages asked for ahead of their turn. */
  prefetch: number;
  /** Takes a message; while the promise is pending no further one is read. */
  receive(message: JsMsg, lane: Lane): Promise<void>;
}

/** Name of the durable consumer of a type's lane; runners share it. */
export const consumerName = (helperType: string, lane: Lane): string =>
  subjects.consumer(lane === 'live' ? `run-${helperType}` : `run-${helperType}-bulk`);

/** Pulls the jobs of one lane of one helper type, and goes on when the broker comes back. */
export class LanePuller {
  private messages: ConsumerMessages | undefined;
  private loop: Promise<void> | undefined;
  private stopping = false;

  constructor(
    private readonly connection: NatsConnection,
    private readonly jetstream: JetStreamClient,
    private readonly options: LanePullerOptions,
  ) {}

  async start(): Promise<void> {
    await this.ensure();
    this.loop = this.pull();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.messages?.stop();
    await this.loop;
  }

  private ensure(): Promise<void> {
    const { helperType, lane, ackWaitMs } = this.options;
    return ensureConsumer(this.connection, {
      stream: 'EXECUTIONS',
      durable: consumerName(helperType, lane),
      filters: [subjects.job(helperType, lane)],
      ackWaitMs,
      maxAckPending: 5_000,
    });
  }

  private async pull(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.pullUntilClosed();
      } catch (error) {
        if (!this.stopping)
          logger.warn({ err: error, helper_type: this.options.helperType }, 'pulling interrupted, going on');
      }
      if (this.stopping) return;
      await pause(REOPEN_AFTER_MS);
      await this.ensure().catch((error: unknown) => {
        logger.warn({ err: error, helper_type: this.options.helperType }, 'consumer cannot be made yet');
      });
    }
  }

  private async pullUntilClosed(): Promise<void> {
    const { helperType, lane, prefetch } = this.options;
    const consumer = await this.jetstream.consumers.get(subjects.stream('EXECUTIONS'), consumerName(helperType, lane));
    this.messages = await consumer.consume({ max_messages: prefetch, abort_on_missing_resource: true });
    if (this.stopping) this.messages.stop();
    for await (const message of this.messages) {
      if (this.stopping) message.nak();
      else await this.options.receive(message, lane);
    }
  }
}
