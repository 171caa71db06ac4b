import { Inject, Injectable } from '@nestjs/common';
import type { JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { questions, type FailedAttempt } from '#contracts';
import {
  ExecutionClaims,
  JETSTREAM,
  NATS_CONNECTION,
  Questions,
  type ExecutionClaim,
  type HeldClaim,
} from '#messaging';
import { counter } from '#telemetry';
import type { DeliveredJob } from '../pull-jobs/delivered-job.js';
import { RunnerSettings } from '../settings.js';

const duplicates = counter({
  name: 'mfh.jobs.duplicate',
  description: 'Deliveries of jobs whose work was done or not wanted any more',
  unit: '{job}',
});
const redeliveries = counter({
  name: 'mfh.jobs.redelivered',
  description: 'Jobs that came more than once',
  unit: '{job}',
});

/** The right to work on a job. */
export interface Claimed {
  attempt: number;
  revision: number;
  /** Tries before this one. */
  failed: FailedAttempt[];
  /** True when nobody worked on it before: the journal is empty. */
  first: boolean;
}

export type ClaimResult =
  | { kind: 'claimed'; claim: Claimed }
  /** Nothing to do for this delivery. */
  | { kind: 'settled' }
  /** Somebody else works on it; look again later. */
  | { kind: 'busy'; retryMs: number }
  /** Too many runners died of it. */
  | { kind: 'exhausted'; claim: Claimed };

const LOOK_AGAIN_MS = 1_000;

/** Decides whether a delivery may be worked on: of all deliveries of a job one at a time, and none after its end. */
@Injectable()
export class ClaimJob {
  private readonly claims: ExecutionClaims;
  /** Claims that this process holds now. */
  private readonly held = new Set<string>();

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    @Inject(JETSTREAM) jetstream: JetStreamClient,
    private readonly ask: Questions,
    private readonly settings: RunnerSettings,
  ) {
    this.claims = new ExecutionClaims(connection, jetstream);
  }

  async claim(delivered: DeliveredJob): Promise<ClaimResult> {
    if (delivered.message.info.deliveryCount > 1) redeliveries.add(1, { helper_type: delivered.job.helper_type });
    if (delivered.fresh && delivered.job.attempt === 1) {
      const claimed = await this.write(delivered, null, 1, []);
      if (claimed !== null)
        return {
          kind: 'claimed',
          claim: { ...claimed, first: delivered.job.journal_id === delivered.job.execution_id },
        };
    }
    return this.contest(delivered, await this.claims.read(delivered.job.execution_id));
  }

  /** Says that the work goes on, so that no other runner takes it for abandoned. */
  async renew(executionId: string, claimed: Claimed): Promise<void> {
    const revision = await this.claims.write(executionId, this.entry('run', claimed), claimed.revision);
    if (revision !== null) claimed.revision = revision;
  }

  /** Gives the job back for another try, by anybody. @param failed every try so far, this one included if it counts */
  async release(executionId: string, claimed: Claimed, nextAttempt: number, failed: FailedAttempt[]): Promise<void> {
    await this.claims.write(
      executionId,
      this.entry('released', { ...claimed, attempt: nextAttempt, failed }),
      claimed.revision,
    );
  }

  /** This process works on it no longer, however that ended. */
  forget(executionId: string): void {
    this.held.delete(executionId);
  }

  private async contest(delivered: DeliveredJob, current: HeldClaim | null): Promise<ClaimResult> {
    const { job } = delivered;
    if (current?.claim.kind === 'cancelled') return this.settled(delivered);
    if (this.held.has(job.execution_id)) return { kind: 'busy', retryMs: LOOK_AGAIN_MS };
    if (current?.claim.kind === 'run' || current?.claim.kind === 'recalled' || !delivered.fresh) {
      const state = await this.ask.ask(
        questions.executionState,
        { execution_id: job.execution_id },
        { timeoutMs: 5_000 },
      );
      const ended = state.status === 'completed' || state.status === 'failed' || state.status === 'cancelled';
      if (ended || (state.known && !state.in_stream)) return this.settled(delivered);
    }
    if (current === null) return this.claimedOrBusy(await this.write(delivered, null, job.attempt, []));
    const { claim } = current;
    if (claim.kind === 'released' || claim.kind === 'recalled') {
      return this.claimedOrBusy(
        await this.write(delivered, current, Math.max(claim.attempt, job.attempt), claim.failed),
      );
    }
    return this.takeOver(delivered, current);
  }

  /** From a runner that showed no life for as long as the broker waits. */
  private async takeOver(delivered: DeliveredJob, current: HeldClaim): Promise<ClaimResult> {
    const { claim } = current;
    const silentMs = Date.now() - Date.parse(claim.at);
    if (silentMs < this.settings.ackWaitMs * 0.9) return { kind: 'busy', retryMs: LOOK_AGAIN_MS };
    const failed: FailedAttempt[] = [
      ...claim.failed,
      {
        attempt: claim.attempt,
        started_at: claim.at,
        runner: claim.by,
        error: { code: 'runner.crashed', message: 'The runner died during this attempt' },
      },
    ];
    const written = await this.write(delivered, current, claim.attempt + 1, failed);
    if (written === null) return { kind: 'busy', retryMs: LOOK_AGAIN_MS };
    return claim.attempt >= this.settings.maxAttempts
      ? { kind: 'exhausted', claim: written }
      : { kind: 'claimed', claim: written };
  }

  private async write(
    delivered: DeliveredJob,
    current: HeldClaim | null,
    attempt: number,
    failed: FailedAttempt[],
  ): Promise<Claimed | null> {
    const { execution_id: executionId } = delivered.job;
    const claimed = { attempt, revision: current?.revision ?? 0, failed, first: false };
    const revision = await this.claims.write(executionId, this.entry('run', claimed), claimed.revision);
    if (revision === null) return null;
    this.held.add(executionId);
    return { ...claimed, revision };
  }

  private entry(
    kind: ExecutionClaim['kind'],
    { attempt, failed }: Pick<Claimed, 'attempt' | 'failed'>,
  ): ExecutionClaim {
    return { kind, by: this.settings.runner, attempt, at: new Date().toISOString(), failed };
  }

  private claimedOrBusy(claimed: Claimed | null): ClaimResult {
    return claimed === null ? { kind: 'busy', retryMs: LOOK_AGAIN_MS } : { kind: 'claimed', claim: claimed };
  }

  private settled(delivered: DeliveredJob): ClaimResult {
    duplicates.add(1, { helper_type: delivered.job.helper_type });
    return { kind: 'settled' };
  }
}
