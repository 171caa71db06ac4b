import { Injectable } from '@nestjs/common';
import { scopeOf } from '#contracts';
import {
  Database,
  defineCollection,
  TenantRepository,
  UnitOfWork,
  type TenantEntity,
  erasedByAccount,
} from '#persistence';

interface HelperCounter extends TenantEntity {
  count: number;
}

interface CounterDraw extends TenantEntity {
  value: number;
}

export const helperCountersCollection = defineCollection<HelperCounter>({
  name: 'helper_counters',
  domain: 'helpers',
  title: 'Counter',
  erasure: erasedByAccount,
  fields: { count: Number },
  indexes: [],
});

const DAY_SECONDS = 24 * 3600;

/** Numbers that executions drew, for as long as a late replay may ask for one again. */
export const counterDrawsCollection = defineCollection<CounterDraw>({
  name: 'counter_draws',
  domain: 'helpers',
  title: 'Counter draw',
  erasure: erasedByAccount,
  fields: { value: Number },
  indexes: [{ keys: { created_at: 1 }, options: { expireAfterSeconds: 30 * DAY_SECONDS } }],
});

/** What executions drew from the counters. */
@Injectable()
export class CounterDraws extends TenantRepository<CounterDraw> {
  constructor(database: Database) {
    super(database, counterDrawsCollection);
  }
}

/** Counters of helpers that run on for ever, such as the turn of a split. */
@Injectable()
export class HelperCounters extends TenantRepository<HelperCounter> {
  constructor(
    database: Database,
    private readonly draws: CounterDraws,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super(database, helperCountersCollection);
  }

  /** @returns the last number that was given out */
  async current(accountId: string, key: string): Promise<number> {
    return (await this.find(scopeOf(accountId), `${accountId} ${key}`))?.count ?? 0;
  }

  /** Counts one and answers the new number; a token gets its number again. Number and draw are written together. */
  advance(accountId: string, key: string, token: string): Promise<number> {
    const scope = scopeOf(accountId);
    const id = `${accountId} ${key}`;
    const drawId = `${id} ${token}`;
    return this.unitOfWork.run(
      async () => {
        const drawn = await this.draws.find(scope, drawId);
        if (drawn !== null) return drawn.value;
        const now = new Date();
        const handle = this.system('the key holds the account; the first count has to make the counter');
        const counter = await handle.findOneAndUpdate(
          { _id: id },
          {
            $inc: { count: 1, version: 1 },
            $set: { updated_at: now },
            $setOnInsert: { account_id: accountId, created_at: now },
          },
          { upsert: true },
        );
        if (counter === null) throw new Error('An upsert answered no counter');
        await this.draws.insert(scope, { _id: drawId, value: counter.count });
        return counter.count;
      },
      { turn: id },
    );
  }
}
