import { Injectable } from '@nestjs/common';
import type { Lane } from '#contracts';
import { HelpersSettings } from '../settings.js';
import { ExecutionsRepository } from '../persistence/executions.repository.js';

/** An account and type with fewer acceptances than this since the last look cannot have filled its lane. */
const LOOK_AFTER = 25;
const LOOK_AT_MOST_EVERY_MS = 250;

interface Load {
  /** Waiting jobs when last counted; counted no further than the limit. */
  counted: number;
  acceptedSince: number;
  countedAt: number;
}

/**
 * Chooses the lane of a new job: `bulk` while more than a hundred jobs of the account and type wait. The count is
 * looked up at most four times a second and, between look-ups, taken too high rather than too low.
 */
@Injectable()
export class LaneChooser {
  private readonly loads = new Map<string, Load>();

  constructor(
    private readonly settings: HelpersSettings,
    private readonly executions: ExecutionsRepository,
  ) {}

  async lanes(jobs: readonly { accountId: string; helperType: string }[]): Promise<Lane[]> {
    const keys = [...new Set(jobs.map((job) => `${job.accountId} ${job.helperType}`))];
    const current = new Map(await Promise.all(keys.map(async (key) => [key, await this.load(key)] as const)));
    return jobs.map((job) => {
      const load = current.get(`${job.accountId} ${job.helperType}`);
      if (load === undefined) return 'live';
      load.acceptedSince += 1;
      return load.counted + load.acceptedSince > this.settings.liveWaiting ? 'bulk' : 'live';
    });
  }

  private async load(key: string): Promise<Load> {
    const now = Date.now();
    const known = this.loads.get(key);
    const isDue = known !== undefined && known.counted + known.acceptedSince >= LOOK_AFTER;
    if (known !== undefined && (!isDue || now - known.countedAt < LOOK_AT_MOST_EVERY_MS)) return known;
    const [accountId = '', helperType = ''] = key.split(' ');
    const counted =
      known === undefined
        ? 0
        : await this.executions.countWaiting(accountId, helperType, this.settings.liveWaiting + 1);
    const load = { counted, acceptedSince: 0, countedAt: now };
    this.loads.set(key, load);
    if (this.loads.size > 10_000) this.loads.delete(this.loads.keys().next().value ?? key);
    return load;
  }
}
