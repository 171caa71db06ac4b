import { Injectable } from '@nestjs/common';
import { events } from '#contracts';
import { EventPublisher } from '#messaging';
import { logger } from '#telemetry';
import { factOf } from '../domain/execution-job.js';
import type { ExecutionRecord } from '../domain/execution-record.js';
import { LiveNotices } from './live-notices.js';

/** Tells everyone what happened to executions here (and not on a runner). */
@Injectable()
export class Announcer {
  constructor(
    private readonly publisher: EventPublisher,
    private readonly live: LiveNotices,
  ) {}

  /**
   * The acceptance event. It follows the durable record, so a broker that is away costs the event's punctuality, not
   * the execution; the sweeper announces again what it publishes again, under the same id.
   */
  async queued(records: readonly ExecutionRecord[]): Promise<void> {
    const results = await Promise.allSettled(records.map((record) => this.publishQueued(record)));
    this.live.changed(records.map((record) => ({ accountId: record.account_id, executionId: record._id })));
    const failure = results.find((result) => result.status === 'rejected');
    if (failure) logger.warn({ err: failure.reason }, 'acceptance events not published');
  }

  /** @param reason what the person who cancelled said */
  async cancelled(record: ExecutionRecord, at: Date, reason?: string): Promise<void> {
    await this.publisher.publish(events.executionCancelled, {
      id: `${record._id}.cancelled`,
      subject: record._id,
      accountId: record.account_id,
      detail: record.helper_type,
      time: at,
      traceparent: record.traceparent,
      data: { ...factOf(record), cancelled_at: at.toISOString(), ...(reason !== undefined && { reason }) },
    });
    this.live.changed([{ accountId: record.account_id, executionId: record._id }]);
  }

  private async publishQueued(record: ExecutionRecord): Promise<void> {
    await this.publisher.publish(events.executionQueued, {
      id: `${record._id}.queued`,
      subject: record._id,
      accountId: record.account_id,
      detail: record.helper_type,
      time: record.created_at,
      traceparent: record.traceparent,
      data: factOf(record),
    });
  }
}
