import { Inject, Injectable } from '@nestjs/common';
import type { JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { setTimeout as pause } from 'node:timers/promises';
import type { ExecutionJob } from '#contracts';
import { HelperFailure, type HelperJob, type RunPorts } from '#helpers';
import { HostedLinks } from '#hosted-links';
import { GuardedHttpClient } from '#http';
import { JETSTREAM, NATS_CONNECTION, Questions } from '#messaging';
import { Sealer } from '#sealing';
import { logger } from '#telemetry';
import { ConnectCrm } from '../connect-crm/connect-crm.js';
import { ConnectServices } from '../connect-services/connect-services.js';
import { ExecutionJournal } from '../effect-journal/execution-journal.js';
import type { RunTimeline } from '../run-execution/run-timeline.js';
import { DeliveryPorts } from './delivery-ports.js';
import { guardedHelperHttp } from './guarded-helper-http.js';
import { helperCrypto, strongRandom } from './helper-crypto.js';
import { LocationLookup } from './location-lookup.js';
import { OpenConfig } from './open-config.js';
import { childExecutions, contactSnapshots, counterStore, helpersDirectory, stateStore } from './service-ports.js';

/** Builds the whole world of one run. */
@Injectable()
export class RunPortsFactory {
  constructor(
    @Inject(NATS_CONNECTION) private readonly connection: NatsConnection,
    @Inject(JETSTREAM) private readonly jetstream: JetStreamClient,
    private readonly ask: Questions,
    private readonly http: GuardedHttpClient,
    private readonly crm: ConnectCrm,
    private readonly services: ConnectServices,
    private readonly sealer: Sealer,
    private readonly configs: OpenConfig,
    private readonly links: HostedLinks,
    private readonly locations: LocationLookup,
    private readonly delivery: DeliveryPorts,
  ) {}

  /** @param fresh nobody worked on this execution before: its journal is empty */
  portsFor(job: ExecutionJob, timeline: RunTimeline, fresh: boolean, signal: AbortSignal): RunPorts {
    const journal = new ExecutionJournal(this.connection, this.jetstream, job.journal_id, timeline, fresh);
    const { connection_id: connectionId } = job;
    const http = guardedHelperHttp(this.http, timeline, signal);
    const services = this.services.servicesOf(job);
    const crypto = helperCrypto(this.sealer, job.account_id);
    const clock = { now: () => new Date(), sleep: (milliseconds: number) => sleep(milliseconds, signal) };
    return {
      remember: (step, compute) => journal.remember(step, compute),
      effect: (intent, work, check) => journal.effect(intent, work, check),
      connect: connectionId === undefined ? null : () => this.crm.connect(job, connectionId, timeline, signal),
      http,
      services,
      counters: counterStore(this.ask, job),
      state: stateStore(this.ask, job),
      snapshots: contactSnapshots(this.ask, job),
      helpersDirectory: helpersDirectory(this.ask, job),
      children: childExecutions(this.ask, job),
      links: { sign: (kind, claims, life) => this.links.sign(kind, claims, new Date(), life) },
      ...this.delivery.forRun(job, { http, services, crypto }),
      geolocation: this.locations.forRun(http, clock),
      clock,
      random: { next: strongRandom },
      crypto,
      logger,
      signal,
    };
  }

  /** Tells whom it concerns that the vendor refused the credentials of this run. */
  async credentialsRefused(timeline: RunTimeline): Promise<void> {
    await this.crm.refused(timeline);
  }

  /** What the helper is told; sealed values are opened and exist in this process's memory only. */
  async helperJob(job: ExecutionJob): Promise<HelperJob> {
    return {
      config: await this.configs.of(job),
      input: job.input,
      query: job.query,
      identity: {
        accountId: job.account_id,
        helperId: job.helper_id,
        executionId: job.execution_id,
        depth: job.depth,
        ...(job.user_id !== undefined && { userId: job.user_id }),
        ...(job.contact_id !== undefined && { contactId: job.contact_id }),
        ...(job.connection_id !== undefined && { connectionId: job.connection_id }),
      },
    };
  }
}

async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(milliseconds, undefined, { signal });
  } catch (error) {
    throw new HelperFailure('aborted', 'retry', 'The run was stopped', { cause: error });
  }
}
