import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { JetStreamClient, JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { ExecutionJob, LANES, type Lane } from '#contracts';
import { helperCatalogue } from '#helpers';
import { JETSTREAM, NATS_CONNECTION } from '#messaging';
import { gauge, logger } from '#telemetry';
import { RunExecution } from '../run-execution/run-execution.js';
import { DeadLetters } from '../run-execution/dead-letters.js';
import { RunnerSettings } from '../settings.js';
import { deliveredJob, type DeliveredJob } from './delivered-job.js';
import { LanePuller } from './lane-puller.js';
import { WaitingJobs } from './waiting-jobs.js';

const PREFETCH = 32;
const HAND_BACK_MS = 1_000;
const ABORTED_RUNS_GET_MS = 3_000;

/** Pulls jobs of every type and lane and runs as many at once as there are places. */
@Injectable()
export class JobPool implements OnApplicationBootstrap {
  private readonly waiting: WaitingJobs;
  private readonly pullers: LanePuller[] = [];
  private readonly running = new Map<Promise<void>, DeliveredJob>();
  private readonly shutdown = new AbortController();
  private readonly heartbeat: NodeJS.Timeout;
  private readonly stopObserving: () => void;
  private room: (() => void)[] = [];
  private stopping = false;

  constructor(
    @Inject(NATS_CONNECTION) private readonly connection: NatsConnection,
    @Inject(JETSTREAM) private readonly jetstream: JetStreamClient,
    private readonly settings: RunnerSettings,
    private readonly execution: RunExecution,
    private readonly deadLetters: DeadLetters,
  ) {
    this.waiting = new WaitingJobs(settings);
    this.heartbeat = setInterval(() => this.showLife(), settings.ackWaitMs / 3).unref();
    this.stopObserving = gauge(
      {
        name: 'mfh.runner.jobs',
        description: 'Jobs in this runner, running or pulled and waiting for a place',
        unit: '{job}',
      },
      () => [
        { value: this.running.size, labels: { state: 'running' } },
        { value: this.waiting.size, labels: { state: 'waiting' } },
      ],
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    const types = [...helperCatalogue.keys()].filter(
      (type) => this.settings.types.size === 0 || this.settings.types.has(type),
    );
    for (const helperType of types) {
      for (const lane of LANES) {
        const puller = new LanePuller(this.connection, this.jetstream, {
          helperType,
          lane,
          ackWaitMs: this.settings.ackWaitMs,
          prefetch: PREFETCH,
          receive: (message) => this.receive(message, lane),
        });
        this.pullers.push(puller);
      }
    }
    await Promise.all(this.pullers.map((puller) => puller.start()));
  }

  /** Stops pulling, hands back what has not begun, lets running helpers end, then aborts and hands back the rest. */
  async stopWork(): Promise<void> {
    this.stopping = true;
    for (const proceed of this.room.splice(0)) proceed();
    await Promise.all(this.pullers.map((puller) => puller.stop()));
    for (const job of this.waiting.drain()) job.message.nak();
    const ended = Promise.all(this.running.keys());
    const abort = setTimeout(() => this.shutdown.abort(), this.settings.graceMs);
    const giveUp = new Promise<void>((resolve) => {
      setTimeout(resolve, this.settings.graceMs + ABORTED_RUNS_GET_MS).unref();
    });
    await Promise.race([ended, giveUp]);
    clearTimeout(abort);
    clearInterval(this.heartbeat);
    this.stopObserving();
  }

  private async receive(message: JsMsg, lane: Lane): Promise<void> {
    const job = ExecutionJob.safeParse(readJson(message));
    if (!job.success) {
      await this.deadLetters.unreadable(message, job.error.message);
      return;
    }
    if (this.stopping || !this.waiting.add(deliveredJob(job.data, lane, message))) {
      message.nak(this.stopping ? undefined : HAND_BACK_MS);
      return;
    }
    this.fillPlaces();
    if (this.waiting.size >= this.settings.concurrency * 2 && !this.stopping) {
      await new Promise<void>((resolve) => this.room.push(resolve));
    }
  }

  private fillPlaces(): void {
    for (let job = this.stopping ? undefined : this.waiting.take(); job !== undefined; job = this.waiting.take()) {
      this.begin(job);
    }
    if (this.waiting.size < this.settings.concurrency) for (const proceed of this.room.splice(0)) proceed();
  }

  private begin(job: DeliveredJob): void {
    const work = this.execution
      .run(job, this.shutdown.signal)
      .catch((error: unknown) => {
        logger.error(
          { err: error, execution_id: job.job.execution_id },
          'a run could not be settled, its job comes again',
        );
      })
      .finally(() => {
        this.running.delete(work);
        this.waiting.done(job);
        this.fillPlaces();
      });
    this.running.set(work, job);
  }

  private showLife(): void {
    for (const job of this.waiting.all()) job.message.working();
    for (const job of this.running.values()) job.message.working();
  }
}

function readJson(message: JsMsg): unknown {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}
