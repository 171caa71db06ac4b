import { Injectable } from '@nestjs/common';
import { Database, defineCollection, erasedByAccount, SystemRepository } from '#persistence';
import type { StoredDocument } from '#persistence';
import type { UsageThreshold } from '../domain/usage-threshold.js';

/** A threshold that an account was told about: once a period, and again only for the larger limit of another plan. */
interface UsageAlert extends StoredDocument {
  account_id: string;
  at: Date;
}

const usageAlerts = defineCollection<UsageAlert>({
  name: 'usage_alerts',
  domain: 'usage',
  title: 'Usage alert',
  erasure: erasedByAccount,
  fields: { at: Date },
});

/** What an alert is about. */
export interface AlertSubject {
  accountId: string;
  /** Key of the period. */
  period: string;
  limit: number;
}

const idOf = ({ period, limit }: AlertSubject, percent: UsageThreshold): string => `${period}/${limit}/${percent}`;

@Injectable()
export class UsageAlertsRepository extends SystemRepository<UsageAlert> {
  constructor(database: Database) {
    super(database, usageAlerts);
  }

  /** Those of the thresholds that nobody was told about. */
  async untold(subject: AlertSubject, reached: readonly UsageThreshold[]): Promise<UsageThreshold[]> {
    const ids = reached.map((percent) => idOf(subject, percent));
    const told = await this.#handle.find({ _id: { $in: ids } }, { fields: ['_id'] });
    const known = new Set(told.map(({ _id }) => _id));
    return reached.filter((percent) => !known.has(idOf(subject, percent)));
  }

  /** @throws DuplicateKey when another process was faster; the transaction is then void */
  async remember(subject: AlertSubject, told: readonly UsageThreshold[], at: Date): Promise<void> {
    for (const percent of told) {
      await this.#handle.insertOne({ _id: idOf(subject, percent), account_id: subject.accountId, at });
    }
  }

  get #handle() {
    return this.system('usage of many accounts is looked at in turn; the key of a period names its account');
  }
}
