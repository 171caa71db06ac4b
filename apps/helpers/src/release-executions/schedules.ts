import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import type { JetStreamClient, JsMsg } from '@nats-io/jetstream';
import { z } from 'zod';
import { subjects } from '#contracts';
import { BatchConsumer, JETSTREAM, NATS_CONNECTION, publishJson } from '#messaging';
import { logger } from '#telemetry';
import type { ExecutionRecord } from '../domain/execution-record.js';
import { ExecutionsRepository } from '../persistence/executions.repository.js';
import { Releaser } from './releaser.js';

const Due = z.object({ execution_id: z.string() });

/** The broker's schedules have a resolution of one second; a wait below it is worth no schedule. */
const SECOND_MS = 1000;

/**
 * Wakes executions that wait for a time: a one-shot schedule in the broker for each, whose message says whose time has
 * come. The record's `not_before` is the truth; a schedule that was lost is made good by the sweeper.
 */
@Injectable()
export class Schedules implements OnApplicationBootstrap {
  private readonly consumer: BatchConsumer;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) private readonly jetstream: JetStreamClient,
    private readonly executions: ExecutionsRepository,
    private readonly releaser: Releaser,
  ) {
    this.consumer = new BatchConsumer(connection, jetstream, {
      stream: 'SCHEDULES',
      durable: 'helpers-due',
      filters: [subjects.scheduleDue('execution')],
      handle: (messages) => this.wake(messages),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.consumer.start();
  }

  async stopWork(): Promise<void> {
    await this.consumer.stop();
  }

  /** Arms a schedule for each record that is held until a time. */
  async arm(records: readonly Pick<ExecutionRecord, '_id' | 'not_before' | 'publication'>[]): Promise<void> {
    const timed = records.filter((record) => record.not_before !== undefined);
    const results = await Promise.allSettled(timed.map((record) => this.armOne(record)));
    const failure = results.find((result) => result.status === 'rejected');
    if (failure) logger.warn({ err: failure.reason }, 'schedules not armed, the sweeper watches instead');
  }

  private async armOne(record: Pick<ExecutionRecord, '_id' | 'not_before' | 'publication'>): Promise<void> {
    const earliest = Math.max(record.not_before?.getTime() ?? 0, Date.now() + SECOND_MS);
    const at = new Date(Math.ceil(earliest / SECOND_MS) * SECOND_MS);
    await publishJson(
      this.jetstream,
      subjects.schedule(record._id),
      { execution_id: record._id },
      {
        headers: headers(),
        schedule: { specification: at, target: subjects.scheduleDue('execution') },
      },
    );
  }

  private async wake(messages: readonly JsMsg[]): Promise<void> {
    const ids = messages.map((message) => Due.parse(message.json()).execution_id);
    const now = new Date();
    const records = await this.executions.byIds([...new Set(ids)]);
    await this.releaser.releaseDue(
      records.filter((record) => record.held && record.not_before !== undefined && record.not_before <= now),
    );
  }
}
