import { Injectable } from '@nestjs/common';
import type { HelpersConfig } from './config.js';

/** The settings in the words of the code. */
@Injectable()
export class HelpersSettings {
  /** Executions a minute and helper; Infinity where limits are lifted. */
  readonly burstPerMinute: number;
  readonly dryRunsPerMinute: number;
  readonly liveWaiting: number;
  readonly bulkInStream: number;
  readonly sweepMs: number;
  readonly deadAfterMs: number;
  readonly upgradeUrl: string;

  constructor(config: HelpersConfig) {
    this.burstPerMinute = config.MFH_LIMITS === 'lifted' ? Infinity : config.MFH_BURST_PER_MINUTE;
    this.dryRunsPerMinute = config.MFH_LIMITS === 'lifted' ? Infinity : config.MFH_DRY_RUNS_PER_MINUTE;
    this.liveWaiting = config.MFH_LIVE_WAITING;
    this.bulkInStream = config.MFH_BULK_IN_STREAM;
    this.sweepMs = config.MFH_SWEEP_MS;
    this.deadAfterMs = config.MFH_DEAD_AFTER_MS;
    this.upgradeUrl = `${config.MFH_APP_URL}/settings?tab=billing`;
  }
}
