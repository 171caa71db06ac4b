import { Injectable } from '@nestjs/common';
import { Problem } from '#contracts';
import { Database, defineCollection, SystemRepository, type Entity, keptBecause } from '#persistence';
import { HelpersSettings } from '../settings.js';

const MINUTE_MS = 60_000;

interface BurstWindow extends Entity {
  count: number;
  expire_at: Date;
}

export const burstWindowsCollection = defineCollection<BurstWindow>({
  name: 'burst_windows',
  domain: 'helpers',
  title: 'Burst window',
  erasure: keptBecause('counts without content that expire within minutes'),
  fields: { count: Number, expire_at: Date },
  indexes: [{ keys: { expire_at: 1 }, options: { expireAfterSeconds: 0 } }],
});

/** The limit of executions a minute and helper: one atomic increment for a group of requests, so it is exact. */
@Injectable()
export class BurstLimit extends SystemRepository<BurstWindow> {
  constructor(
    database: Database,
    private readonly settings: HelpersSettings,
  ) {
    super(database, burstWindowsCollection);
  }

  /** @returns how many of `wanted` executions of a helper may be accepted in this minute */
  async take(helperId: string, wanted: number): Promise<number> {
    return this.takeOf(helperId, wanted, this.settings.burstPerMinute);
  }

  /** @returns how many of `wanted` uses of anything with a limit a minute are granted */
  async takeOf(subject: string, wanted: number, limit: number): Promise<number> {
    if (limit === Infinity) return wanted;
    const now = new Date();
    const minute = Math.floor(now.getTime() / MINUTE_MS);
    const window = await this.system('one window a subject and minute').findOneAndUpdate(
      { _id: `rl:${subject}:${minute}` },
      {
        $inc: { count: wanted },
        $set: { updated_at: now },
        $setOnInsert: { version: 1, created_at: now, expire_at: new Date((minute + 2) * MINUTE_MS) },
      },
      { upsert: true },
    );
    const before = (window?.count ?? wanted) - wanted;
    return Math.max(0, Math.min(wanted, limit - before));
  }

  /** 429 for what did not fit. */
  refusal(plan: string | undefined, limit = this.settings.burstPerMinute): Problem {
    const seconds = 60 - new Date().getUTCSeconds();
    return new Problem(429, 'generic.rate_limited', 'Rate limit exceeded', {
      headers: { 'Retry-After': String(seconds) },
      extensions: { retry_after: seconds },
      data: { limit, used: limit, ...(plan !== undefined && { plan }), upgrade_url: this.settings.upgradeUrl },
    });
  }
}
