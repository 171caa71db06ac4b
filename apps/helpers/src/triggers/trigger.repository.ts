import { Injectable } from '@nestjs/common';
import type { AccountScope, TriggerEvent } from '#contracts';
import { Database, defineCollection, TenantRepository, type TenantEntity, erasedByAccount } from '#persistence';

export interface TriggerConditions {
  tag_id?: string | undefined;
  field?: string | undefined;
  equals?: string | number | boolean | undefined;
}

/** What starts a helper by itself: a kind of change of contacts of its connection. */
export interface TriggerRecord extends TenantEntity {
  helper_id: string;
  /** The helper's; absent while it has none. */
  connection_id?: string;
  event: TriggerEvent;
  filter: TriggerConditions;
  /** Everything that the vendor may call the tag or the field of the filter. */
  tag_words: string[];
  field_words: string[];
  created_by: string;
  started_count: number;
  last_started_at?: Date;
  /** The last matching change that started nothing, and why. */
  last_left_out?: { at: Date; reason: string };
}

export const triggersCollection = defineCollection<TriggerRecord>({
  name: 'triggers',
  domain: 'triggers',
  title: 'Trigger',
  erasure: erasedByAccount,
  fields: {
    helper_id: String,
    connection_id: String,
    event: String,
    filter: Object,
    tag_words: [String],
    field_words: [String],
    created_by: String,
    started_count: Number,
    last_started_at: Date,
    last_left_out: Object,
  },
  indexes: [{ keys: { account_id: 1, helper_id: 1 } }, { keys: { account_id: 1, connection_id: 1, event: 1 } }],
});

@Injectable()
export class Triggers extends TenantRepository<TriggerRecord> {
  constructor(database: Database) {
    super(database, triggersCollection);
  }

  /** Oldest first. */
  ofHelper(scope: AccountScope, helperId: string): Promise<TriggerRecord[]> {
    return this.list(scope, { helper_id: helperId }, { sort: { _id: 1 } });
  }

  awaiting(scope: AccountScope, connectionId: string, event: TriggerEvent): Promise<TriggerRecord[]> {
    return this.list(scope, { connection_id: connectionId, event });
  }

  /** For people who wonder; the version, which other services compare, stays. */
  async noteStart(scope: AccountScope, triggerId: string, at: Date): Promise<void> {
    await this.system('a note that nobody waits for').updateOne(
      { _id: triggerId, account_id: scope.accountId },
      { $inc: { started_count: 1 }, $max: { last_started_at: at } },
    );
  }

  async noteLeftOut(scope: AccountScope, triggerId: string, at: Date, reason: string): Promise<void> {
    await this.system('a note that nobody waits for').updateOne(
      { _id: triggerId, account_id: scope.accountId },
      { $set: { last_left_out: { at, reason } } },
    );
  }
}
