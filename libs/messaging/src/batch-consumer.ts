import {
  AckPolicy,
  DeliverPolicy,
  jetstreamManager,
  type ConsumerMessages,
  type JetStreamClient,
  type JsMsg,
} from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import { subjects, type StreamName } from '#contracts';
import { logger } from '#telemetry';
import { isMissing } from './broker-errors.js';
import { MessagingConfig } from './config.js';

export interface BatchConsumerOptions {
  stream: StreamName;
  /** Durable name; replicas of a service share it and with it the work. */
  durable: string;
  /** Subjects of the stream that this consumer is for. */
  filters: string[];
  /** Most messages handled in one call. */
  maxBatch?: number;
  /** Batches handled at the same time; 1 keeps stream order within a process. */
  parallel?: number;
  /**
   * After a group of `from` messages or more the next one gathers for `ms`, unless it is full before. Several messages
   * are what load looks like; from 1 on it is for work that nobody waits for.
   */
  gather?: { ms: number; from: number };
  /**
   * Does the work for messages that arrived while the last batch was worked on. When it resolves, all are
   * acknowledged; when it throws, all are delivered again after a pause. It must bear repetition.
   */
  handle(messages: JsMsg[]): Promise<void>;
}

const PAUSE_AFTER_FAILURE_MS = 500;
const PAUSE_BEFORE_REOPENING_MS = 250;

/** Makes the durable consumer if it is missing and brings it to these settings otherwise. */
export async function ensureConsumer(
  connection: NatsConnection,
  options: { stream: StreamName; durable: string; filters: string[]; ackWaitMs?: number; maxAckPending?: number },
): Promise<void> {
  const manager = await jetstreamManager(connection);
  const stream = subjects.stream(options.stream);
  const settings = {
    ack_wait: nanos(options.ackWaitMs ?? MessagingConfig.parse(process.env).MFH_GROUP_ACK_WAIT_MS),
    max_ack_pending: options.maxAckPending ?? 2_000,
    max_deliver: -1,
    filter_subjects: options.filters,
  };
  try {
    await manager.consumers.info(stream, options.durable);
    await manager.consumers.update(stream, options.durable, settings);
  } catch (error) {
    if (!isMissing(error)) throw error;
    await manager.consumers.add(stream, {
      durable_name: options.durable,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ...settings,
    });
  }
}

/** A durable consumer that handles whatever has arrived in one call: at once when idle, grouped under load. */
export class BatchConsumer {
  private waiting: JsMsg[] = [];
  private readonly running = new Set<Promise<void>>();
  private messages: ConsumerMessages | undefined;
  private loop: Promise<void> | undefined;
  private stopping = false;
  private gathering = false;
  private turn: NodeJS.Immediate | undefined;

  constructor(
    private readonly connection: NatsConnection,
    private readonly jetstream: JetStreamClient,
    private readonly options: BatchConsumerOptions,
  ) {}

  /** Ensures the consumer and begins to read. */
  async start(): Promise<void> {
    await ensureConsumer(this.connection, this.options);
    this.loop = this.read();
  }

  /** Stops reading, waits for the batches under way and hands back what was not begun. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.messages?.stop();
    await this.loop;
    for (const message of this.waiting.splice(0)) message.nak();
    await Promise.all(this.running);
  }

  private async read(): Promise<void> {
    while (!this.ended()) {
      try {
        await this.readUntilClosed();
      } catch (error) {
        // The broker was restarted or emptied; the consumer is made again and reading goes on.
        if (!this.ended())
          logger.warn({ err: error, consumer: this.options.durable }, 'consumer interrupted, reopening');
      }
      if (!this.ended()) await this.reopen();
    }
  }

  /** A closed connection, other than a lost one, never comes back. */
  private ended(): boolean {
    return this.stopping || this.connection.isClosed();
  }

  private async reopen(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_BEFORE_REOPENING_MS));
    await ensureConsumer(this.connection, this.options).catch((error: unknown) => {
      logger.warn({ err: error, consumer: this.options.durable }, 'consumer cannot be made yet');
    });
  }

  private async readUntilClosed(): Promise<void> {
    const consumer = await this.jetstream.consumers.get(subjects.stream(this.options.stream), this.options.durable);
    this.messages = await consumer.consume({
      max_messages: (this.options.maxBatch ?? 200) * 3,
      abort_on_missing_resource: true,
    });
    if (this.stopping) this.messages.stop();
    for await (const message of this.messages) {
      this.waiting.push(message);
      this.flushAfterTurn();
    }
  }

  /** Messages arrive many at a time; the first must not be handled alone. */
  private flushAfterTurn(): void {
    if (this.turn !== undefined) return;
    this.turn = setImmediate(() => {
      this.turn = undefined;
      this.flush();
    });
  }

  private flush(): void {
    const { maxBatch = 200, parallel = 1 } = this.options;
    if (this.gathering && this.waiting.length < maxBatch) return;
    while (!this.stopping && this.waiting.length > 0 && this.running.size < parallel) {
      const batch = this.waiting.splice(0, maxBatch);
      const work = this.handle(batch).finally(() => {
        this.running.delete(work);
        this.gatherAfter(batch);
        this.flush();
      });
      this.running.add(work);
    }
  }

  private gatherAfter(batch: readonly JsMsg[]): void {
    const { gather } = this.options;
    if (gather === undefined || batch.length < gather.from || this.gathering) return;
    this.gathering = true;
    setTimeout(() => {
      this.gathering = false;
      this.flush();
    }, gather.ms);
  }

  private async handle(batch: JsMsg[]): Promise<void> {
    try {
      await this.options.handle(batch);
      for (const message of batch) message.ack();
    } catch (error) {
      logger.error(
        { err: error, consumer: this.options.durable, messages: batch.length },
        'batch failed, will be delivered again',
      );
      for (const message of batch) message.nak(PAUSE_AFTER_FAILURE_MS);
    }
  }
}
