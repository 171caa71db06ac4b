import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { jetstreamManager, type JetStreamClient, type JsMsg } from '@nats-io/jetstream';
import { subjects } from '#contracts';
import { BatchConsumer, JETSTREAM, NATS_CONNECTION } from '#messaging';
import { histogram, logger, SpanKind, withSpanInEach } from '#telemetry';
import { turnKeyOf } from '../domain/execution-record.js';
import { ExecutionsRepository } from '../persistence/executions.repository.js';
import { JobPublisher } from '../release-executions/job-publisher.js';
import { LiveNotices } from '../release-executions/live-notices.js';
import { Releaser } from '../release-executions/releaser.js';
import { Schedules } from '../release-executions/schedules.js';
import { AdvanceChain } from '../start-children/advance-chain.js';
import { ExecutionCounts } from './execution-counts.js';
import { PROJECTED_FACTS, projectedEvent, type ProjectedEvent } from './execution-changes.js';

const DURABLE = 'helpers-projector';
/** Under load a group gathers: each costs several commands, whatever its size. */
const GATHER = { ms: 20, from: 4 };
const groupSize = histogram({
  name: 'mfh.projection.group_size',
  description: 'Execution events applied in one write',
  unit: '{event}',
});

/** Applies what runners report to the execution records, in groups, and lets follow what waited for it. */
@Injectable()
export class Projector implements OnApplicationBootstrap {
  private readonly consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) private readonly connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    private readonly executions: ExecutionsRepository,
    private readonly counts: ExecutionCounts,
    private readonly releaser: Releaser,
    private readonly schedules: Schedules,
    private readonly publisher: JobPublisher,
    private readonly chains: AdvanceChain,
    private readonly live: LiveNotices,
  ) {
    this.consumer = new BatchConsumer(connection, jetstream, {
      stream: 'EVENTS',
      durable: DURABLE,
      filters: PROJECTED_FACTS.map((fact) => subjects.executionEvents(fact)),
      maxBatch: 200,
      gather: GATHER,
      handle: (messages) => this.project(messages),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.consumer.start();
  }

  async stopWork(): Promise<void> {
    await this.consumer.stop();
    await this.counts.writeNow();
  }

  /** Resolves when every event that is in the stream now has been applied. @throws Error after `deadlineMs` */
  async caughtUp(deadlineMs: number): Promise<void> {
    const manager = await jetstreamManager(this.connection, { checkAPI: false });
    const stream = subjects.stream('EVENTS');
    const deadline = Date.now() + deadlineMs;
    const { state } = await manager.streams.info(stream);
    for (;;) {
      const { ack_floor, num_pending, num_ack_pending } = await manager.consumers.info(stream, DURABLE);
      if (ack_floor.stream_seq >= state.last_seq || (num_pending === 0 && num_ack_pending === 0)) return;
      if (Date.now() > deadline) throw new Error('the projection is behind');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  private async project(messages: readonly JsMsg[]): Promise<void> {
    const facts = messages.flatMap((message) => this.read(message) ?? []);
    if (facts.length === 0) return;
    groupSize.record(facts.length);
    await withSpanInEach(
      'project execution event',
      messages.map((message) => message.headers?.get('traceparent')),
      () => this.apply(facts),
      { kind: SpanKind.CONSUMER },
    );
  }

  private async apply(facts: readonly ProjectedEvent[]): Promise<void> {
    const applied = await this.executions.apply(facts.map((fact) => fact.change));
    this.live.changed(facts);
    const ended = facts.filter((fact) => fact.effect === 'ended');
    for (const fact of facts) if (fact.effect !== 'none') this.publisher.forget(fact.executionId);
    // A batch that changed less than it holds is a repetition; its executions were counted the first time.
    if (applied === facts.length) this.counts.add(ended);
    await this.chains.advance(ended.filter((fact) => fact.parentId !== undefined));
    await this.letFollow(facts.filter((fact) => fact.effect !== 'none'));
  }

  private async letFollow(facts: readonly ProjectedEvent[]): Promise<void> {
    const waiting = facts.filter((fact) => fact.until !== undefined);
    await this.schedules.arm(
      waiting.map((fact) => ({ _id: fact.executionId, not_before: fact.until ?? fact.at, publication: 0 })),
    );
    const turnKeys = facts.flatMap(
      (fact) =>
        turnKeyOf({
          account_id: fact.accountId,
          ...(fact.connectionId !== undefined && { connection_id: fact.connectionId }),
          ...(fact.contactId !== undefined && { contact_id: fact.contactId }),
        }) ?? [],
    );
    if (turnKeys.length > 0) await this.releaser.release(turnKeys);
    this.releaser.roomInBulk(facts.map((fact) => fact.accountId));
  }

  private read(message: JsMsg): ProjectedEvent | null {
    try {
      return projectedEvent(message.json());
    } catch (error) {
      logger.error(
        { err: error, subject: message.subject, sequence: message.seq },
        'an execution event cannot be read and is left out',
      );
      return null;
    }
  }
}
