import { Injectable } from '@nestjs/common';
import { Database, defineCollection, SystemRepository, erasedByAccount } from '#persistence';
import type { StoredDocument } from '#persistence';

/**
 * One line an execution, written once and never changed: the id is the execution's, which is what makes a settlement
 * happen once however often its event arrives. Ids grow with time, so old lines are found without an index.
 */
export interface LedgerEntry extends StoredDocument {
  account_id: string;
  period: string;
  outcome: 'booked' | 'released';
  at: Date;
}

const usageLedger = defineCollection<LedgerEntry>({
  name: 'usage_ledger',
  domain: 'usage',
  title: 'Ledger entry',
  erasure: erasedByAccount,
  fields: { period: String, outcome: String, at: Date },
});

@Injectable()
export class UsageLedgerRepository extends SystemRepository<LedgerEntry> {
  constructor(database: Database) {
    super(database, usageLedger);
  }

  /** Which of these executions are settled. */
  async settled(executionIds: readonly string[]): Promise<Set<string>> {
    const found = await this.#handle.find({ _id: { $in: [...executionIds] } }, { fields: ['_id'] });
    return new Set(found.map(({ _id }) => _id));
  }

  /** @throws DuplicateKey when one is settled already; the transaction is then void */
  async append(entries: readonly LedgerEntry[]): Promise<void> {
    const { refused } = await this.#handle.insertMany(entries);
    for (const reason of refused.values()) throw reason;
  }

  get #handle() {
    return this.system('settlement of many accounts in one write');
  }
}
