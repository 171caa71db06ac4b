import { Injectable } from '@nestjs/common';
import type { AccountScope } from '#contracts';
import { Database, defineCollection, TenantRepository, type TenantEntity, erasedByAccount } from '#persistence';

/** A configured helper. Secrets inside `config` are sealed. */
export interface HelperRecord extends TenantEntity {
  created_by: string;
  connection_id?: string;
  short_key: string;
  name: string;
  description: string;
  helper_type: string;
  category: string;
  status: 'active' | 'deleted';
  config: Record<string, unknown>;
  enabled: boolean;
  execution_count: number;
  last_executed_at?: Date;
  schedule_enabled: boolean;
  cron_expression?: string;
  deleted_at?: Date;
}

export const helpersCollection = defineCollection<HelperRecord>({
  name: 'helpers',
  domain: 'helpers',
  title: 'Helper',
  erasure: erasedByAccount,
  fields: {
    created_by: String,
    connection_id: String,
    short_key: String,
    name: String,
    description: String,
    helper_type: String,
    category: String,
    status: String,
    config: Object,
    enabled: Boolean,
    execution_count: Number,
    last_executed_at: Date,
    schedule_enabled: Boolean,
    cron_expression: String,
    deleted_at: Date,
  },
  indexes: [{ keys: { account_id: 1, status: 1, _id: -1 } }, { keys: { short_key: 1 }, options: { unique: true } }],
});

/** Helpers of one account; deleted ones do not exist for anybody. */
@Injectable()
export class HelpersRepository extends TenantRepository<HelperRecord> {
  constructor(database: Database) {
    super(database, helpersCollection);
  }

  /** By id, bare uuid or short key; null when the account has no such helper. */
  resolve(scope: AccountScope, identifier: string): Promise<HelperRecord | null> {
    return this.findOne(scope, { ...identifiedBy(identifier), status: 'active' });
  }

  countActive(scope: AccountScope): Promise<number> {
    return this.count(scope, { status: 'active' });
  }

  /** Adds completed executions, grouped by helper. */
  async countExecutions(counts: readonly { helperId: string; count: number; last: Date }[]): Promise<void> {
    if (counts.length === 0) return;
    await this.system('projection counts executions of all accounts').bulkWrite(
      counts.map(({ helperId, count, last }) => ({
        updateOne: {
          filter: { _id: helperId },
          update: { $inc: { execution_count: count }, $max: { last_executed_at: last } },
        },
      })),
    );
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The forms in which clients name a helper. */
function identifiedBy(identifier: string): { _id: string } | { short_key: string } {
  if (identifier.startsWith('helper:')) return { _id: identifier };
  if (UUID.test(identifier)) return { _id: `helper:${identifier.toLowerCase()}` };
  return { short_key: identifier };
}
