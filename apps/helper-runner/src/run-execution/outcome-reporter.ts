import { Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import {
  events,
  type EventDefinition,
  type ExecutionFailure,
  type ExecutionJob,
  type ExecutionStatus,
  type TimelineEntry,
  type WaitReason,
} from '#contracts';
import { EventPublisher, type EventToPublish } from '#messaging';
import { logger } from '#telemetry';
import { RunnerSettings } from '../settings.js';

/** One run as its events tell of it. */
export interface ReportedRun {
  job: ExecutionJob;
  attempt: number;
  startedAt: Date;
  traceparent?: string | undefined;
}

const REPORT_PAUSE_MS = 500;

/** Tells what became of a run. The job is acknowledged only after its event is stored, so no end is ever lost. */
@Injectable()
export class OutcomeReporter {
  constructor(
    private readonly publisher: EventPublisher,
    private readonly settings: RunnerSettings,
  ) {}

  async started(run: ReportedRun, timeline: TimelineEntry[]): Promise<void> {
    await this.publish(events.executionStarted, run, `started.${run.attempt}`, {
      ...this.fact(run, 'running', timeline),
      started_at: run.startedAt.toISOString(),
    });
  }

  async waiting(
    run: ReportedRun,
    wait: { reason: WaitReason; until: Date; nextAttempt: number; error: ExecutionFailure; id: string; begun: boolean },
    timeline: TimelineEntry[],
  ): Promise<void> {
    await this.publish(events.executionWaiting, run, `waiting.${wait.id}`, {
      ...this.fact(run, wait.begun ? 'running' : 'pending', timeline),
      reason: wait.reason,
      until: wait.until.toISOString(),
      next_attempt: wait.nextAttempt,
      error: wait.error,
    });
  }

  async completed(run: ReportedRun, output: Record<string, unknown>, timeline: TimelineEntry[]): Promise<void> {
    await this.publish(events.executionCompleted, run, 'completed', {
      ...this.fact(run, 'completed', timeline),
      ...period(run),
      output,
    });
  }

  async failed(
    run: ReportedRun,
    error: ExecutionFailure,
    output: Record<string, unknown>,
    timeline: TimelineEntry[],
  ): Promise<void> {
    await this.publish(events.executionFailed, run, 'failed', {
      ...this.fact(run, 'failed', timeline),
      ...period(run),
      error,
      output,
    });
  }

  async deadLettered(run: ReportedRun, deadLetterId: string, error: ExecutionFailure): Promise<void> {
    await this.publish(events.executionDeadLettered, run, 'dead_lettered', {
      ...factOf(run, 'failed'),
      dead_letter_id: deadLetterId,
      error,
    });
  }

  private fact(run: ReportedRun, status: ExecutionStatus, timeline: TimelineEntry[]) {
    return { ...factOf(run, status), runner: this.settings.runner, timeline };
  }

  /** While the broker is away it tries for as long as the job is ours, then leaves it to whoever gets it next. */
  private async publish<Definition extends EventDefinition>(
    definition: Definition,
    run: ReportedRun,
    id: string,
    data: EventToPublish<Definition>['data'],
  ): Promise<void> {
    const event = {
      id: `${run.job.execution_id}.${id}`,
      subject: run.job.execution_id,
      accountId: run.job.account_id,
      detail: run.job.helper_type,
      data,
    };
    const deadline = Date.now() + this.settings.ackWaitMs;
    for (;;) {
      try {
        await this.publisher.publish(definition, event);
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        logger.warn({ err: error, execution_id: run.job.execution_id }, 'event not stored yet, trying again');
        await pause(REPORT_PAUSE_MS);
      }
    }
  }
}

function factOf({ job, attempt }: ReportedRun, status: ExecutionStatus) {
  return {
    execution_id: job.execution_id,
    helper_id: job.helper_id,
    helper_type: job.helper_type,
    account_id: job.account_id,
    ...(job.connection_id !== undefined && { connection_id: job.connection_id }),
    ...(job.contact_id !== undefined && { contact_id: job.contact_id }),
    ...(job.parent_id !== undefined && { parent_id: job.parent_id }),
    status,
    trigger_type: job.trigger_type,
    attempt,
    ...(job.dry_run === true && { dry_run: true }),
  };
}

function period({ startedAt }: ReportedRun) {
  const now = new Date();
  return {
    started_at: startedAt.toISOString(),
    completed_at: now.toISOString(),
    duration_ms: now.getTime() - startedAt.getTime(),
  };
}
