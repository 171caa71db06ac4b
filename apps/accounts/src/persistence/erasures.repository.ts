import { Injectable } from '@nestjs/common';
import { scopeOf, type AccountScope } from '#contracts';
import { Database, TenantRepository, type Change } from '#persistence';
import { erasureCollection, type Erasure, type ErasureReport } from './erasure.collection.js';

@Injectable()
export class Erasures extends TenantRepository<Erasure> {
  constructor(database: Database) {
    super(database, erasureCollection);
  }

  /** Those that are not complete and were not asked for since then. */
  unfinished(askedBefore: Date, limit: number): Promise<Erasure[]> {
    return this.system('erasures are followed up for all accounts').find(
      { completed_at: { $exists: false }, asked_at: { $lt: askedBefore } },
      { sort: { asked_at: 1 }, limit },
    );
  }

  /** Notes what a service did; the same report counts once. @returns the erasure, null when it is not known */
  async note(scope: AccountScope, id: string, report: ErasureReport): Promise<Erasure | null> {
    const where = { _id: id, 'reports.report_id': { $ne: report.report_id } };
    await this.updateWhere(scope, where as never, { $push: { reports: report } } as Change<Erasure>);
    return this.find(scope, id);
  }

  /** Only one caller can. @returns whether this one did */
  async complete(erasure: Erasure, now: Date): Promise<boolean> {
    const where = { _id: erasure._id, completed_at: { $exists: false } };
    const change = { $set: { completed_at: now }, $unset: { to_tell: 1 } } as Change<Erasure>;
    return (await this.updateWhere(scopeOf(erasure.account_id), where, change)).matched > 0;
  }

  /** @returns whether nobody else has asked since `erasure` was read */
  async askAgain(erasure: Erasure, now: Date): Promise<boolean> {
    const where = { _id: erasure._id, asked_at: erasure.asked_at };
    const change = { $set: { asked_at: now } } as Change<Erasure>;
    return (await this.updateWhere(scopeOf(erasure.account_id), where, change)).matched > 0;
  }
}
