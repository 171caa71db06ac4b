import { Injectable } from '@nestjs/common';
import { newId, type AccountScope, type ContactChanged } from '#contracts';
import { Database, defineCollection, TenantRepository, type TenantEntity, erasedByAccount } from '#persistence';
import type { TriggerRecord } from './trigger.repository.js';

/** A change that a trigger waited for. The id is that of trigger and change, so that it counts once. */
export interface TriggerMatch extends TenantEntity {
  trigger_id: string;
  helper_id: string;
  change: ContactChanged;
  /** When the product heard of the change. */
  heard_at: Date;
  /** The execution that it starts: decided beforehand, so that starting it again starts no other. */
  execution_id: string;
  state: 'waiting' | 'started' | 'left_out';
  reason?: string;
  due_at?: Date;
  /** Executions that may have made the change and had not ended. */
  suspects: string[];
  expire_at: Date;
}

export const triggerMatchesCollection = defineCollection<TriggerMatch>({
  name: 'trigger_matches',
  domain: 'triggers',
  title: 'Matching change',
  erasure: erasedByAccount,
  fields: {
    trigger_id: String,
    helper_id: String,
    change: Object,
    heard_at: Date,
    execution_id: String,
    state: String,
    reason: String,
    due_at: Date,
    suspects: [String],
    expire_at: Date,
  },
  indexes: [
    { keys: { due_at: 1 }, options: { partialFilterExpression: { state: 'waiting' } } },
    { keys: { expire_at: 1 }, options: { expireAfterSeconds: 0 } },
  ],
});

/** Longer than a change can be told again. */
const KEPT_MS = 31 * 24 * 60 * 60 * 1000;
/** While one process decides, no other does. */
const LEASE_MS = 15_000;

@Injectable()
export class TriggerMatches extends TenantRepository<TriggerMatch> {
  constructor(database: Database) {
    super(database, triggerMatchesCollection);
  }

  /** Notes matching changes that are not noted yet, of any accounts in one command. */
  async note(found: readonly { trigger: TriggerRecord; change: ContactChanged; heardAt: Date }[]): Promise<void> {
    if (found.length === 0) return;
    const now = new Date();
    const { refused } = await this.system('changes of all accounts come together').insertMany(
      found.map(({ trigger, change, heardAt }) => ({
        _id: `${trigger._id} ${change.change_id}`,
        account_id: trigger.account_id,
        version: 1,
        created_at: now,
        updated_at: now,
        trigger_id: trigger._id,
        helper_id: trigger.helper_id,
        change,
        heard_at: heardAt,
        execution_id: newId('exec'),
        state: 'waiting' as const,
        due_at: now,
        suspects: [],
        expire_at: new Date(now.getTime() + KEPT_MS),
      })),
    );
    for (const error of refused.values()) if (error.name !== 'DuplicateKey') throw error;
  }

  /** The next match to decide on, for this process alone; null when there is none. */
  take(now: Date): Promise<TriggerMatch | null> {
    return this.system('one process decides for all accounts').findOneAndUpdate(
      { state: 'waiting', due_at: { $lte: now } },
      { $set: { due_at: new Date(now.getTime() + LEASE_MS) } },
      { sort: { due_at: 1 } },
    );
  }

  async later(scope: AccountScope, { _id }: TriggerMatch, due: Date, suspects: readonly string[] = []): Promise<void> {
    await this.updateWhere(
      scope,
      { _id, state: 'waiting' },
      { $set: { due_at: due }, $addToSet: { suspects: { $each: [...suspects] } } },
    );
  }

  async decide(scope: AccountScope, { _id }: TriggerMatch, state: 'started' | 'left_out', reason?: string) {
    const set = { state, ...(reason !== undefined && { reason }) };
    await this.updateWhere(scope, { _id, state: 'waiting' }, { $set: set, $unset: { due_at: 1 } });
  }
}
