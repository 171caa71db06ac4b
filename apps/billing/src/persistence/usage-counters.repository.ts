import { Injectable } from '@nestjs/common';
import { Database, defineCollection, SystemRepository, erasedByAccount } from '#persistence';
import type { BulkWrite, StoredDocument } from '#persistence';

/**
 * The roll-up of a period in two documents, because two kinds of work write it at the same time: accepting executions
 * (`/accepted`) and settling them (`/settled`). In one document each would make the other's transaction run again.
 */
interface UsageCounter extends StoredDocument {
  account_id: string;
  /** Executions ever reserved in this period under a hard limit. */
  accepted?: number;
  /** Of those, reservations that are closed: booked, released or expired. */
  closed?: number;
  /** Executions booked, with or without a reservation. */
  booked?: number;
}

const usageCounters = defineCollection<UsageCounter>({
  name: 'usage_counters',
  domain: 'usage',
  title: 'Usage counter',
  erasure: erasedByAccount,
  fields: { accepted: Number, closed: Number, booked: Number },
});

export interface PeriodUsage {
  booked: number;
  reserved: number;
  /** What counts against the limit: booked and reserved. */
  used: number;
}

export interface Settled {
  accountId: string;
  period: string;
  booked: number;
  closed: number;
}

@Injectable()
export class UsageCountersRepository extends SystemRepository<UsageCounter> {
  constructor(database: Database) {
    super(database, usageCounters);
  }

  /** @param periods keys of periods (`periodKey`); each key holds its account @returns zeros where nothing was counted */
  async read(periods: readonly string[]): Promise<Map<string, PeriodUsage>> {
    const ids = periods.flatMap((period) => [`${period}/accepted`, `${period}/settled`]);
    const counters = await this.#handle.find({ _id: { $in: ids } });
    const byId = new Map(counters.map((counter) => [counter._id, counter]));
    return new Map(
      periods.map((period) => {
        const { booked = 0, closed = 0 } = byId.get(`${period}/settled`) ?? {};
        const reserved = (byId.get(`${period}/accepted`)?.accepted ?? 0) - closed;
        return [period, { booked, reserved, used: booked + reserved }];
      }),
    );
  }

  async addAccepted(additions: readonly { accountId: string; period: string; count: number }[]): Promise<void> {
    await this.#add(
      additions.map(({ accountId, period, count }) => [`${period}/accepted`, accountId, { accepted: count }] as const),
    );
  }

  async addSettled(additions: readonly Settled[]): Promise<void> {
    await this.#add(
      additions.map(
        ({ accountId, period, booked, closed }) => [`${period}/settled`, accountId, { booked, closed }] as const,
      ),
    );
  }

  async #add(
    additions: readonly (readonly [id: string, accountId: string, amounts: Record<string, number>])[],
  ): Promise<void> {
    if (additions.length === 0) return;
    const writes = additions.map(([_id, account_id, $inc]): BulkWrite<UsageCounter> => {
      return { updateOne: { filter: { _id }, update: { $inc, $setOnInsert: { account_id } }, upsert: true } };
    });
    await this.#handle.bulkWrite(writes);
  }

  get #handle() {
    return this.system('counters of many accounts in one write');
  }
}
