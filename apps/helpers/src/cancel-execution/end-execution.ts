import { Inject, Injectable } from '@nestjs/common';
import type { JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { events, type Problem, type AccountScope } from '#contracts';
import { EventPublisher, ExecutionClaims, JETSTREAM, NATS_CONNECTION } from '#messaging';
import { factOf } from '../domain/execution-job.js';
import { timelineEntry, type ExecutionRecord } from '../domain/execution-record.js';
import { Instance } from '../domain/instance.js';
import { expiryOf } from '../persistence/executions.collection.js';
import { executionStates } from '../persistence/execution-states.js';
import { ExecutionsRepository } from '../persistence/executions.repository.js';
import { Announcer } from '../release-executions/announcer.js';
import { Releaser } from '../release-executions/releaser.js';

/** Ends that are decided here and not by a runner: cancellation, and expiry of what waited too long. */
@Injectable()
export class EndExecution {
  private readonly claims: ExecutionClaims;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    private readonly instance: Instance,
    private readonly executions: ExecutionsRepository,
    private readonly announcer: Announcer,
    private readonly publisher: EventPublisher,
    private readonly releaser: Releaser,
  ) {
    this.claims = new ExecutionClaims(connection, jetstream);
  }

  /**
   * Cancels a pending execution; it makes no effect after this resolves. Repeating it changes nothing.
   * @throws Problem 404, 409 `executions.transition_not_allowed` when it has started or ended
   */
  async cancel(scope: AccountScope, executionId: string, reason?: string): Promise<ExecutionRecord> {
    const record = await this.executions.get(scope, executionId);
    if (record.status === 'cancelled') return record;
    if (!executionStates.allows(record.status, 'cancelled') || !(await this.forbidWork(executionId))) {
      throw notAllowed(record.status === 'pending' ? 'running' : record.status);
    }
    const now = new Date();
    const ended = await this.executions.end(
      executionId,
      executionStates.sourcesOf('cancelled'),
      { status: 'cancelled', completed_at: now, expire_at: expiryOf(now), updated_at: now },
      timelineEntry('cancelled', 'Cancelled before it started', reason === undefined ? {} : { reason }, now),
    );
    const current = ended ?? (await this.executions.get(scope, executionId));
    if (current.status !== 'cancelled') throw notAllowed(current.status);
    await this.announcer.cancelled(current, current.completed_at ?? now, reason);
    if (current.turn_key !== undefined) await this.releaser.release([current.turn_key]);
    return current;
  }

  /** Ends an execution that waited longer than the stream keeps jobs. */
  async expire(record: ExecutionRecord): Promise<void> {
    if (!(await this.forbidWork(record._id))) return;
    const now = new Date();
    const error = { code: 'executions.expired', class: 'give_up' as const, message: 'It waited for more than 14 days' };
    const ended = await this.executions.end(
      record._id,
      ['pending'],
      {
        status: 'failed',
        error,
        started_at: record.created_at,
        completed_at: now,
        duration_ms: 0,
        expire_at: expiryOf(now),
        updated_at: now,
      },
      timelineEntry('failed', error.message, { code: error.code, class: error.class }, now),
    );
    if (ended === null) return;
    await this.publisher.publish(events.executionFailed, {
      id: `${record._id}.expired`,
      subject: record._id,
      accountId: record.account_id,
      detail: record.helper_type,
      time: now,
      traceparent: record.traceparent,
      data: {
        ...factOf(ended),
        runner: 'none',
        timeline: [],
        started_at: record.created_at.toISOString(),
        completed_at: now.toISOString(),
        duration_ms: 0,
        error,
        output: {},
      },
    });
    if (record.turn_key !== undefined) await this.releaser.release([record.turn_key]);
  }

  /** Takes the right to work on it away from every runner. @returns false when a runner has it */
  private async forbidWork(executionId: string): Promise<boolean> {
    const claim = {
      kind: 'cancelled' as const,
      by: this.instance.id,
      attempt: 0,
      at: new Date().toISOString(),
      failed: [],
    };
    if ((await this.claims.write(executionId, claim, 0)) !== null) return true;
    const current = await this.claims.read(executionId);
    if (current === null) return this.forbidWork(executionId);
    if (current.claim.kind === 'cancelled') return true;
    if (current.claim.kind === 'run') return false;
    return (await this.claims.write(executionId, claim, current.revision)) !== null;
  }
}

const notAllowed = (from: string): Problem =>
  executionStates.refusal(from, 'cancelled', `An execution that is ${from} cannot be cancelled`);
