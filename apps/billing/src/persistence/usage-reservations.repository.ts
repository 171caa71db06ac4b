import { Injectable } from '@nestjs/common';
import { Database, defineCollection, SystemRepository, erasedByAccount } from '#persistence';
import type { BulkWrite, StoredDocument } from '#persistence';

/** Executions accepted together and not settled yet. It disappears with its last execution. */
export interface UsageReservation extends StoredDocument {
  account_id: string;
  /** Key of the period the executions count in: that of their acceptance. */
  period: string;
  /**
   * Whether it is in the counter of its period. Reservations under a hard limit are, because the next one is judged by
   * that counter; metered ones are not, which makes them a single insert, and are summed up when somebody looks.
   */
  counted: boolean;
  /** How many were granted when it was made. */
  granted: number;
  execution_ids: string[];
  created_at: Date;
  /** When the reconciler looks at it next. */
  check_after: Date;
}

const usageReservations = defineCollection<UsageReservation>({
  name: 'usage_reservations',
  domain: 'usage',
  title: 'Usage reservation',
  erasure: erasedByAccount,
  fields: {
    period: String,
    counted: Boolean,
    granted: Number,
    execution_ids: [String],
    check_after: Date,
  },
  indexes: [{ keys: { execution_ids: 1 } }, { keys: { check_after: 1 } }, { keys: { period: 1 } }],
});

/** Executions whose reservation was closed, and where they were counted. */
export interface ClosedReservations {
  /** Period key by execution. */
  periods: Map<string, string>;
  /** Closed places of counted reservations, by period. */
  counts: { accountId: string; period: string; closed: number }[];
}

@Injectable()
export class UsageReservationsRepository extends SystemRepository<UsageReservation> {
  constructor(database: Database) {
    super(database, usageReservations);
  }

  byId(id: string): Promise<UsageReservation | null> {
    return this.#handle.findOne({ _id: id });
  }

  /** @throws DuplicateKey when one of them was made before; the transaction is then void */
  async insertCounted(reservations: readonly UsageReservation[]): Promise<void> {
    const { refused } = await this.#handle.insertMany(reservations);
    for (const reason of refused.values()) throw reason;
  }

  /**
   * Does not wait for a majority: should a failover take a metered reservation back, its execution is booked all the
   * same when it completes.
   * @returns for each, in order, nothing or why it was refused
   */
  async insertMetered(reservations: readonly UsageReservation[]): Promise<(Error | undefined)[]> {
    const { refused } = await this.#handle.insertMany(reservations, { durability: 'primary' });
    return reservations.map((_, index) => refused.get(index));
  }

  /** Executions of a period in reservations that no counter holds. */
  async uncounted(period: string): Promise<number> {
    const [sum] = await this.#handle.aggregate<{ executions: number }>([
      { $match: { period, counted: false } },
      { $group: { _id: null, executions: { $sum: { $size: '$execution_ids' } } } },
    ]);
    return sum?.executions ?? 0;
  }

  /**
   * Takes executions out of their reservations; call it inside a transaction that also writes the counters.
   * @param accountId only reservations of this account; undefined where the executions come from verified events
   */
  async close(executionIds: readonly string[], accountId?: string): Promise<ClosedReservations> {
    const closing = new Set(executionIds);
    const filter = { execution_ids: { $in: [...closing] }, ...(accountId !== undefined && { account_id: accountId }) };
    const reservations = await this.#handle.find(filter, {
      fields: ['account_id', 'period', 'counted', 'execution_ids'],
    });
    const periods = new Map<string, string>();
    const counts = new Map<string, { accountId: string; period: string; closed: number }>();
    const emptied: string[] = [];
    const shortened: BulkWrite<UsageReservation>[] = [];
    for (const { _id, account_id, period, counted, execution_ids } of reservations) {
      const taken = execution_ids.filter((id) => closing.has(id));
      for (const id of taken) periods.set(id, period);
      if (counted) {
        const count = counts.get(period) ?? { accountId: account_id, period, closed: 0 };
        counts.set(period, { ...count, closed: count.closed + taken.length });
      }
      if (taken.length === execution_ids.length) emptied.push(_id);
      else shortened.push({ updateOne: { filter: { _id }, update: { $pullAll: { execution_ids: taken } } } });
    }
    if (emptied.length > 0) await this.#handle.deleteMany({ _id: { $in: emptied } });
    if (shortened.length > 0) await this.#handle.bulkWrite(shortened);
    return { periods, counts: [...counts.values()] };
  }

  /** The reservations that are due for a look, oldest first. */
  due(now: Date, limit: number): Promise<UsageReservation[]> {
    return this.#handle.find({ check_after: { $lte: now } }, { sort: { check_after: 1 }, limit });
  }

  async checkLater(next: readonly { id: string; after: Date }[]): Promise<void> {
    if (next.length === 0) return;
    await this.#handle.bulkWrite(
      next.map(({ id, after }) => ({ updateOne: { filter: { _id: id }, update: { $set: { check_after: after } } } })),
    );
  }

  get #handle() {
    return this.system('executions of many accounts, by their own ids');
  }
}
