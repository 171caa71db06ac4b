import { Injectable } from '@nestjs/common';
import type { PlanId } from '#contracts';
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
  /** In `/settled`, while somebody has to look at what was used: for alerts and the meter. */
  look?: boolean;
  /** How often a look was asked for: one that was asked for during a look is not lost. */
  asked?: number;
  /** Until when a look belongs to the process that began it. */
  look_after?: Date;
  /** The plan at the last look, and when the period begins. */
  plan?: PlanId;
  from?: Date;
}

const usageCounters = defineCollection<UsageCounter>({
  name: 'usage_counters',
  domain: 'usage',
  title: 'Usage counter',
  erasure: erasedByAccount,
  fields: {
    accepted: Number,
    closed: Number,
    booked: Number,
    look: Boolean,
    asked: Number,
    look_after: Date,
    plan: String,
    from: Date,
  },
  indexes: [
    { keys: { look: 1, look_after: 1 }, options: { partialFilterExpression: { look: true } } },
    { keys: { from: 1 }, options: { partialFilterExpression: { from: { $type: 'date' } } } },
  ],
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

/** A period whose usage has changed since somebody looked at it. */
export interface DueLook {
  accountId: string;
  period: string;
  /** When it begins. */
  from: Date;
  booked: number;
  asked: number;
}

const SETTLED = '/settled';

@Injectable()
export class UsageCountersRepository extends SystemRepository<UsageCounter> {
  constructor(database: Database) {
    super(database, usageCounters);
  }

  /** @param periods keys of periods (`periodKey`); each key holds its account @returns zeros where nothing was counted */
  async read(periods: readonly string[]): Promise<Map<string, PeriodUsage>> {
    const ids = periods.flatMap((period) => [`${period}/accepted`, period + SETTLED]);
    const counters = await this.#handle.find({ _id: { $in: ids } });
    const byId = new Map(counters.map((counter) => [counter._id, counter]));
    return new Map(
      periods.map((period) => {
        const { booked = 0, closed = 0 } = byId.get(period + SETTLED) ?? {};
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

  /** Counts, and asks for a look. */
  async addSettled(additions: readonly Settled[]): Promise<void> {
    await this.#add(
      additions.map(
        ({ accountId, period, booked, closed }) =>
          [period + SETTLED, accountId, { booked, closed, asked: 1 }, { look: true }] as const,
      ),
    );
  }

  /** Asks for a look without a change of what is settled. */
  async askForLooks(periods: readonly { accountId: string; period: string }[]): Promise<void> {
    await this.#add(
      periods.map(({ accountId, period }) => [period + SETTLED, accountId, { asked: 1 }, { look: true }] as const),
    );
  }

  /** The next period to look at; it belongs to the caller until then, and comes again unless the look is finished. */
  async claimLook(now: Date, until: Date): Promise<DueLook | undefined> {
    const claimed = await this.#handle.findOneAndUpdate(
      { look: true, look_after: { $not: { $gt: now } } },
      { $set: { look_after: until } },
      { sort: { look_after: 1 } },
    );
    if (!claimed) return undefined;
    const { _id, account_id, booked = 0, asked = 0 } = claimed;
    const period = _id.slice(0, -SETTLED.length);
    return { accountId: account_id, period, from: new Date(period.slice(account_id.length + 1)), booked, asked };
  }

  /**
   * Notes what was seen. What was asked for in the meantime is looked at again, without waiting.
   * @param plan the plan that the period counts for; nothing where it is over, which keeps the one noted before
   */
  async finishLook({ period, asked, from }: DueLook, plan: PlanId | undefined): Promise<void> {
    const _id = period + SETTLED;
    const seen = { from, ...(plan !== undefined && { plan }) };
    const { matched } = await this.#handle.updateOne(
      { _id, asked },
      { $set: seen, $unset: { look: 1, look_after: 1 } },
    );
    if (matched === 0) await this.#handle.updateOne({ _id }, { $set: seen, $unset: { look_after: 1 } });
  }

  /** What was booked in periods that begin in a time, by their plan. */
  async bookedIn(from: Date, to: Date): Promise<{ accountId: string; plan: PlanId; booked: number }[]> {
    const found = await this.#handle.find(
      { from: { $gte: from, $lt: to } },
      { fields: ['account_id', 'plan', 'booked'] },
    );
    return found.flatMap(({ account_id, plan, booked = 0 }) =>
      plan === undefined ? [] : [{ accountId: account_id, plan, booked }],
    );
  }

  async #add(
    additions: readonly (readonly [
      id: string,
      accountId: string,
      amounts: Record<string, number>,
      marks?: { look: true },
    ])[],
  ): Promise<void> {
    if (additions.length === 0) return;
    const writes = additions.map(([_id, account_id, $inc, marks]): BulkWrite<UsageCounter> => {
      const update = { $inc, $setOnInsert: { account_id }, ...(marks && { $set: marks }) };
      return { updateOne: { filter: { _id }, update, upsert: true } };
    });
    await this.#handle.bulkWrite(writes);
  }

  get #handle() {
    return this.system('counters of many accounts in one write');
  }
}
