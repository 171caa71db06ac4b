import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PlanId, SubscriptionStatus } from '#contracts';
import { Database, defineCollection, keptBecause, SystemRepository } from '#persistence';
import type { StoredDocument } from '#persistence';

/** One change of one account's plan, under a name that leads nobody back to the account. */
interface PlanChangeRecord extends StoredDocument {
  subject: string;
  revision: number;
  plan: PlanId;
  status: SubscriptionStatus;
  at: Date;
}

export interface PlanChangeFact {
  accountId: string;
  revision: number;
  plan: PlanId;
  status: SubscriptionStatus;
  at: Date;
}

/** Where an account stood at a moment. */
export interface Standing {
  subject: string;
  plan: PlanId;
  status: SubscriptionStatus;
}

const planChanges = defineCollection<PlanChangeRecord>({
  name: 'plan_changes',
  domain: 'billing',
  title: 'Change of plan',
  erasure: keptBecause(
    'figures of the business, under one-way names instead of accounts: who leaves is what they count',
  ),
  fields: { subject: String, revision: Number, plan: String, status: String, at: Date },
  indexes: [{ keys: { subject: 1, revision: 1 } }],
});

const subjectOf = (accountId: string): string => createHash('sha256').update(accountId).digest('base64url');

@Injectable()
export class PlanChangesRepository extends SystemRepository<PlanChangeRecord> {
  constructor(database: Database) {
    super(database, planChanges);
  }

  /** Repeating it changes nothing. */
  async remember(facts: readonly PlanChangeFact[]): Promise<void> {
    if (facts.length === 0) return;
    await this.#handle.bulkWrite(
      facts.map(({ accountId, revision, plan, status, at }) => {
        const subject = subjectOf(accountId);
        const $setOnInsert = { subject, revision, plan, status, at };
        return { updateOne: { filter: { _id: `${subject}/${revision}` }, update: { $setOnInsert }, upsert: true } };
      }),
    );
  }

  /** How everybody stood at a moment who had ever changed by then. */
  async standingsAt(at: Date): Promise<Standing[]> {
    const rows = await this.#handle.aggregate<Standing & { _id: string }>([
      { $match: { at: { $lte: at } } },
      { $sort: { subject: 1, revision: 1 } },
      { $group: { _id: '$subject', plan: { $last: '$plan' }, status: { $last: '$status' } } },
    ]);
    return rows.map(({ _id, plan, status }) => ({ subject: _id, plan, status }));
  }

  get #handle() {
    return this.system('figures about all accounts');
  }
}
