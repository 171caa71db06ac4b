import { Injectable } from '@nestjs/common';
import type { DryRun } from '#contracts';
import { helperCatalogue, runHelper, type RunFailure, type RunOutcome } from '#helpers';
import { endOfTurn, failPoint } from '#messaging';
import { counter, histogram, logger, withLogFields, withTraceparent } from '#telemetry';
import { TryHelper } from '../dry-run/try-helper.js';
import type { DeliveredJob } from '../pull-jobs/delivered-job.js';
import { RunPortsFactory } from '../run-ports/run-ports.factory.js';
import { RunnerSettings } from '../settings.js';
import { ClaimJob, type Claimed, type ClaimResult } from './claim-job.js';
import { DeadLetters } from './dead-letters.js';
import { decide, type Decision } from './decide.js';
import { OutcomeReporter, type ReportedRun } from './outcome-reporter.js';
import { RunTimeline } from './run-timeline.js';

const completed = counter({
  name: 'mfh.executions.completed',
  description: 'Executions that did their work',
  unit: '{execution}',
});
const failed = counter({
  name: 'mfh.executions.failed',
  description: 'Executions that ended without success',
  unit: '{execution}',
});
const waited = counter({
  name: 'mfh.executions.waiting',
  description: 'Hand-backs of executions that go on later',
  unit: '{execution}',
});
const duration = histogram({
  name: 'mfh.execution.duration',
  description: 'From the start of a run to its end',
  unit: 's',
});

/** A run that lasts longer than this is shown as running. */
const SHOWN_AS_RUNNING_MS = 1_000;

interface Run extends ReportedRun {
  delivered: DeliveredJob;
  claim: Claimed;
  timeline: RunTimeline;
}

/** Does one execution: claims the job, runs the helper, tells what became of it, and only then acknowledges. */
@Injectable()
export class RunExecution {
  constructor(
    private readonly claims: ClaimJob,
    private readonly ports: RunPortsFactory,
    private readonly reporter: OutcomeReporter,
    private readonly deadLetters: DeadLetters,
    private readonly settings: RunnerSettings,
    private readonly tries: TryHelper,
  ) {}

  /** @param stopping aborts the helper when the runner must go */
  run(delivered: DeliveredJob, stopping: AbortSignal): Promise<void> {
    const { job } = delivered;
    const attributes = {
      'mfh.execution_id': job.execution_id,
      'mfh.helper_type': job.helper_type,
      'mfh.account_id': job.account_id,
    };
    const fields = { account_id: job.account_id, execution_id: job.execution_id };
    // The trace comes from the message and replaces the context; what logs carry is added within it.
    return withTraceparent(
      delivered.traceparent,
      `execute ${job.helper_type}`,
      () => withLogFields(fields, () => this.claimAndRun(delivered, stopping)),
      { attributes },
    );
  }

  private async claimAndRun(delivered: DeliveredJob, stopping: AbortSignal): Promise<void> {
    failPoint('runner.before-claim');
    const result = await this.claims.claim(delivered);
    if (result.kind === 'settled') return delivered.message.ack();
    if (result.kind === 'busy') return delivered.message.nak(result.retryMs);
    try {
      await this.runClaimed(delivered, result, stopping);
    } finally {
      this.claims.forget(delivered.job.execution_id);
    }
  }

  private async runClaimed(
    delivered: DeliveredJob,
    result: Extract<ClaimResult, { claim: Claimed }>,
    stopping: AbortSignal,
  ): Promise<void> {
    const { claim } = result;
    const timeline = new RunTimeline(claim.attempt);
    const run: Run = {
      delivered,
      job: delivered.job,
      attempt: claim.attempt,
      startedAt: new Date(),
      claim,
      timeline,
      traceparent: delivered.traceparent,
    };
    timeline.add('published', 'In the queue', { lane: delivered.lane }, delivered.publishedAt);
    if (result.kind === 'exhausted') {
      const error = {
        code: 'runner.crashed',
        class: 'give_up' as const,
        message: `${claim.failed.length} runners died during this execution`,
      };
      return this.settle(run, { kind: 'dead-letter', error }, undefined);
    }
    timeline.add('started', 'Started', { runner: this.settings.runner }, run.startedAt);
    const outcome = await this.work(run, stopping);
    failPoint('runner.after-work');
    await this.conclude(run, outcome, stopping);
  }

  private async work(run: Run, stopping: AbortSignal): Promise<RunOutcome> {
    const { job, claim, timeline } = run;
    const definition = helperCatalogue.get(job.helper_type);
    if (definition === undefined) {
      const failure: RunFailure = {
        code: 'unknown_type',
        class: 'give_up',
        message: `This runner knows no helper type ${job.helper_type}`,
      };
      return { success: false, output: { modified_data: {}, actions: [], warnings: [] }, failure };
    }
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(new Error('run limit')), this.settings.runLimitMs);
    const shown = setTimeout(() => void this.showRunning(run), SHOWN_AS_RUNNING_MS);
    let renewal = Promise.resolve();
    const alive = setInterval(() => {
      renewal = this.renew(run);
    }, this.settings.ackWaitMs / 3);
    try {
      const signal = AbortSignal.any([stopping, limit.signal]);
      const outcome =
        job.dry_run === true
          ? tried(await this.tries.report(definition, job, signal), signal)
          : await runHelper(
              definition,
              this.ports.portsFor(job, timeline, claim.first, signal),
              await this.ports.helperJob(job),
            );
      return !outcome.success && limit.signal.aborted ? { ...outcome, failure: TIMED_OUT } : outcome;
    } finally {
      clearTimeout(timer);
      clearTimeout(shown);
      clearInterval(alive);
      // The next writer of the claim must name the revision that this one makes.
      await renewal;
    }
  }

  private async conclude(run: Run, outcome: RunOutcome, stopping: AbortSignal): Promise<void> {
    const { job, timeline, delivered } = run;
    const labels = { helper_type: job.helper_type };
    if (outcome.failure === undefined) {
      timeline.add('completed', 'Completed');
      await this.reporter.completed(run, outcome.output, timeline.take());
      failPoint('runner.after-event');
      completed.add(1, labels);
      duration.record((Date.now() - run.startedAt.getTime()) / 1000, labels);
      logger.debug({ helper_type: job.helper_type, attempt: run.attempt }, 'execution completed');
      await endOfTurn();
      delivered.message.ack();
      return;
    }
    if (outcome.failure.code === 'internal_error')
      logger.error({ err: outcome.failure.cause }, 'a helper met an unexpected error');
    const decision = decide(outcome.failure, {
      attempt: run.attempt,
      maxAttempts: this.settings.maxAttempts,
      retryBaseMs: this.settings.retryBaseMs,
      stopping: stopping.aborted,
      random: Math.random(),
    });
    await this.settle(run, decision, outcome);
  }

  private async settle(run: Run, decision: Decision, outcome: RunOutcome | undefined): Promise<void> {
    const { job, claim, delivered } = run;
    switch (decision.kind) {
      case 'hand-back':
        await this.claims.release(job.execution_id, claim, run.attempt, claim.failed);
        delivered.message.nak();
        return;
      case 'wait':
        return this.wait(run, decision);
      case 'dead-letter':
        return this.bury(run, decision.error, outcome);
      case 'fail':
        return this.fail(run, decision.error, outcome);
    }
  }

  private async wait(
    run: Run,
    { reason, delayMs, error, countsAsAttempt, refused }: Extract<Decision, { kind: 'wait' }>,
  ): Promise<void> {
    const { job, claim, timeline } = run;
    if (refused === true) await this.ports.credentialsRefused(timeline);
    const until = new Date(Date.now() + delayMs);
    const nextAttempt = countsAsAttempt ? run.attempt + 1 : run.attempt;
    const failedAttempts = countsAsAttempt ? [...claim.failed, this.failedAttempt(run, error)] : claim.failed;
    const begun = timeline.hasBegun;
    timeline.add('waiting', error.message, { reason, until: until.toISOString(), code: error.code });
    await this.claims.release(job.execution_id, claim, nextAttempt, failedAttempts);
    const wait = { reason, until, nextAttempt, error, id: String(claim.revision), begun };
    await this.reporter.waiting(run, wait, timeline.take());
    waited.add(1, { helper_type: job.helper_type, reason });
    run.delivered.message.ack();
  }

  private async bury(
    run: Run,
    error: Parameters<DeadLetters['add']>[1],
    outcome: RunOutcome | undefined,
  ): Promise<void> {
    const attempts =
      error.code === 'runner.crashed' ? run.claim.failed : [...run.claim.failed, this.failedAttempt(run, error)];
    const id = await this.deadLetters.add(run.job, error, attempts, run.delivered.traceparent);
    await this.reporter.deadLettered(run, id, error);
    await this.fail(run, error, outcome);
  }

  private async fail(
    run: Run,
    error: Parameters<DeadLetters['add']>[1],
    outcome: RunOutcome | undefined,
  ): Promise<void> {
    const { job, timeline, delivered } = run;
    timeline.add('failed', error.message, { code: error.code, class: error.class });
    await this.reporter.failed(run, error, outcome?.output ?? {}, timeline.take());
    failed.add(1, { helper_type: job.helper_type, code: error.code });
    logger.info({ helper_type: job.helper_type, attempt: run.attempt, code: error.code }, 'execution failed');
    duration.record((Date.now() - run.startedAt.getTime()) / 1000, { helper_type: job.helper_type });
    delivered.message.ack();
  }

  private failedAttempt(run: Run, error: { code: string; message: string }) {
    return {
      attempt: run.attempt,
      started_at: run.startedAt.toISOString(),
      ended_at: new Date().toISOString(),
      runner: this.settings.runner,
      error: { code: error.code, message: error.message },
    };
  }

  private async showRunning(run: Run): Promise<void> {
    try {
      await this.reporter.started(run, run.timeline.take());
    } catch (error) {
      logger.warn({ err: error }, 'a long run is not shown as running');
    }
  }

  private async renew(run: Run): Promise<void> {
    try {
      await this.claims.renew(run.job.execution_id, run.claim);
    } catch (error) {
      logger.warn({ err: error }, 'claim not renewed');
    }
  }
}

/** A report of what a helper would do is a success whatever it says, unless it was cut off. */
const tried = (output: DryRun, signal: AbortSignal): RunOutcome =>
  signal.aborted
    ? { success: false, output, failure: { code: 'aborted', class: 'retry', message: 'The run was stopped' } }
    : { success: true, output };

const TIMED_OUT: RunFailure = { code: 'runner.timed_out', class: 'retry', message: 'The run took longer than allowed' };
