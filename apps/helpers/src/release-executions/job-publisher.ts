import { Inject, Injectable } from '@nestjs/common';
import type { JetStreamClient } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { subjects } from '#contracts';
import { JETSTREAM, publishJson } from '#messaging';
import { logger } from '#telemetry';
import { AccountGate } from '../closed-accounts/account-gate.js';
import { jobOf } from '../domain/execution-job.js';
import type { ExecutionRecord } from '../domain/execution-record.js';

/** Set on jobs whose earlier publication may have been stored: the runner then looks before it leaps. */
export const REPUBLISHED_HEADER = 'Mfh-Republished';

/** A write that nobody answered reaches the database within this time or not at all. */
const DOUBT_MS = 60_000;

/** Hands jobs to the stream of their type and lane. */
@Injectable()
export class JobPublisher {
  private readonly unconfirmed = new Set<string>();
  /** Until when a record whose state is not known is looked at again, in milliseconds since 1970. */
  private readonly doubtful = new Map<string, number>();

  constructor(
    @Inject(JETSTREAM) private readonly jetstream: JetStreamClient,
    private readonly gate: AccountGate,
  ) {}

  /**
   * Publishes released records. One whose publish is not confirmed is remembered for the sweeper: it is durable
   * already, and should this process die first, another one finds it by `accepted_by`. What belongs to an account that
   * is being deleted is held instead.
   * @param republished an earlier publication of these records may be in the stream
   * @returns the records whose job the broker has stored
   */
  async publish(released: readonly ExecutionRecord[], republished = false): Promise<ExecutionRecord[]> {
    const records = await this.admitted(released);
    const results = await Promise.allSettled(records.map((record) => this.publishOne(record, republished)));
    const unconfirmed = records.filter((_, index) => results[index]?.status === 'rejected');
    if (unconfirmed.length > 0) {
      const failure = results.find((result) => result.status === 'rejected');
      logger.warn({ err: failure?.reason, executions: unconfirmed.length }, 'jobs not published, the sweeper will');
    }
    records.forEach((record, index) => {
      if (results[index]?.status === 'rejected') this.unconfirmed.add(record._id);
      else this.confirmed(record._id);
    });
    return records.filter((_, index) => results[index]?.status === 'fulfilled');
  }

  /**
   * A write that should have made these records ready for the stream failed or was not answered: it may have
   * happened, or may still happen. The sweeper looks at them until it is too late for that.
   */
  doubt(executionIds: readonly string[]): void {
    const until = Date.now() + DOUBT_MS;
    for (const id of executionIds) this.doubtful.set(id, until);
  }

  /** Ids whose last publish was not confirmed or that are in doubt; they stay listed until one is confirmed. */
  unconfirmedIds(): string[] {
    return [...new Set([...this.unconfirmed, ...this.doubtful.keys()])];
  }

  /** Nothing is to be published for this execution now; a doubt remains until its time is over. */
  notNow(executionId: string): void {
    this.unconfirmed.delete(executionId);
    if ((this.doubtful.get(executionId) ?? 0) < Date.now()) this.doubtful.delete(executionId);
  }

  /** An execution that ended or is held needs no publication any more. */
  forget(executionId: string): void {
    this.unconfirmed.delete(executionId);
  }

  private async admitted(released: readonly ExecutionRecord[]): Promise<readonly ExecutionRecord[]> {
    try {
      return await this.gate.admit(released);
    } catch (error) {
      logger.warn({ err: error, executions: released.length }, 'jobs not published, the sweeper will');
      for (const { _id } of released) this.unconfirmed.add(_id);
      return [];
    }
  }

  private confirmed(executionId: string): void {
    this.unconfirmed.delete(executionId);
    this.doubtful.delete(executionId);
  }

  private async publishOne(record: ExecutionRecord, republished: boolean): Promise<void> {
    const carrier = headers();
    carrier.set('traceparent', record.traceparent);
    if (republished) carrier.set(REPUBLISHED_HEADER, '1');
    await publishJson(this.jetstream, subjects.job(record.helper_type, record.lane), jobOf(record), {
      headers: carrier,
      msgID: `${record._id}.${record.publication}`,
    });
  }
}
