import { Injectable } from '@nestjs/common';
import { hostname } from 'node:os';
import { randomBytes } from 'node:crypto';
import type { RunnerConfig } from './config.js';

/** The settings in the words of the code, and who this runner is. */
@Injectable()
export class RunnerSettings {
  /** Shown in timelines and claims; unique among all runners that ever were. */
  readonly runner = `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`;
  readonly concurrency: number;
  readonly perAccount: number;
  readonly perConnection: number;
  readonly types: ReadonlySet<string>;
  readonly crmTimeoutMs: number;
  readonly runLimitMs: number;
  readonly graceMs: number;
  readonly ackWaitMs: number;
  readonly maxAttempts: number;
  readonly retryBaseMs: number;

  constructor(config: RunnerConfig) {
    this.concurrency = config.MFH_RUNNER_CONCURRENCY;
    this.perAccount = Math.max(2, Math.ceil(config.MFH_RUNNER_CONCURRENCY / 2));
    this.perConnection = config.MFH_RUNNER_PER_CONNECTION;
    this.types = new Set(config.MFH_RUNNER_TYPES.split(',').filter((type) => type !== ''));
    this.crmTimeoutMs = config.MFH_CRM_TIMEOUT_MS;
    this.runLimitMs = config.MFH_RUN_LIMIT_MS;
    this.graceMs = config.MFH_RUNNER_GRACE_MS;
    this.ackWaitMs = config.MFH_ACK_WAIT_MS;
    this.maxAttempts = config.MFH_MAX_ATTEMPTS;
    this.retryBaseMs = config.MFH_RETRY_BASE_MS;
  }
}
