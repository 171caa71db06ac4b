import { Injectable } from '@nestjs/common';
import { scopeOf, type AccountScope } from '#contracts';
import {
  Database,
  defineCollection,
  isDuplicateKey,
  TenantRepository,
  type TenantEntity,
  erasedByAccount,
} from '#persistence';

interface CounterWindow extends TenantEntity {
  count: number;
  ends_at: Date;
  /** Runs that were counted, so that a repeated one counts once. */
  tokens: string[];
}

export const counterWindowsCollection = defineCollection<CounterWindow>({
  name: 'counter_windows',
  domain: 'helpers',
  title: 'Counter',
  erasure: erasedByAccount,
  fields: { count: Number, ends_at: Date, tokens: [String] },
  indexes: [{ keys: { ends_at: 1 }, options: { expireAfterSeconds: 3600 } }],
});

export interface Counted {
  allowed: boolean;
  count: number;
}

const TRIES = 5;

/** Counters of helpers: fixed windows that begin with their first count, exact under concurrency and redelivery. */
@Injectable()
export class CountInWindow extends TenantRepository<CounterWindow> {
  constructor(database: Database) {
    super(database, counterWindowsCollection);
  }

  /** Counts one unless the window holds `max` already; one `token` counts once. The end is compared, not left to clean-up. */
  async countOnce(accountId: string, key: string, token: string, max: number, windowSeconds: number): Promise<Counted> {
    const scope = scopeOf(accountId);
    const id = `${accountId} ${key}`;
    for (let tries = 1; ; tries += 1) {
      const counted = await this.tryToCount(scope, id, token, max, windowSeconds).catch((error: unknown) => {
        // Another run began the window at the same moment.
        if (isDuplicateKey(error) && tries < TRIES) return undefined;
        throw error;
      });
      if (counted !== undefined) return counted;
    }
  }

  /** @returns what the open window holds; 0 when there is none */
  async current(accountId: string, key: string): Promise<number> {
    const window = await this.find(scopeOf(accountId), `${accountId} ${key}`);
    return window !== null && window.ends_at > new Date() ? window.count : 0;
  }

  private async tryToCount(
    scope: AccountScope,
    id: string,
    token: string,
    max: number,
    windowSeconds: number,
  ): Promise<Counted | undefined> {
    const now = new Date();
    const handle = this.system('the key holds the account; one conditional write has to do it');
    const open = { _id: id, ends_at: { $gt: now } };
    const raised = await handle.findOneAndUpdate(
      { ...open, count: { $lt: max }, tokens: { $ne: token } },
      { $inc: { count: 1, version: 1 }, $push: { tokens: token }, $set: { updated_at: now } },
    );
    if (raised !== null) return { allowed: true, count: raised.count };
    const current = await this.find(scope, id);
    if (current !== null && current.ends_at > now)
      return { allowed: current.tokens.includes(token), count: current.count };
    const begun = await handle.findOneAndUpdate(
      { _id: id, ends_at: { $lte: now } },
      {
        $set: {
          account_id: scope.accountId,
          count: 1,
          tokens: [token],
          ends_at: new Date(now.getTime() + windowSeconds * 1000),
          updated_at: now,
        },
        $setOnInsert: { created_at: now, version: 1 },
      },
      { upsert: true },
    );
    return begun === null ? undefined : { allowed: true, count: begun.count };
  }
}
