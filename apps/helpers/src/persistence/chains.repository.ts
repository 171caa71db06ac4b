import { Injectable } from '@nestjs/common';
import type { ChildStep } from '#contracts';
import { Database, defineCollection, TenantRepository, type TenantEntity, erasedByAccount } from '#persistence';

export interface ChainStep extends ChildStep {
  execution_id: string;
}

/** The steps of one `chain_it` execution, and how far they have come. The id is that of the execution. */
export interface ChainRecord extends TenantEntity {
  contact_id?: string;
  user_id?: string;
  input: Record<string, unknown>;
  steps: ChainStep[];
  on_success: ChainStep[];
  on_failure: ChainStep[];
  stop_on_failure: boolean;
  depth: number;
  /** Which list is being worked through, and whether any of `steps` failed. */
  phase: 'steps' | 'after' | 'ended';
  failed: boolean;
  traceparent: string;
  expire_at: Date;
}

export const chainsCollection = defineCollection<ChainRecord>({
  name: 'chains',
  domain: 'executions',
  title: 'Chain',
  erasure: erasedByAccount,
  fields: {
    contact_id: String,
    user_id: String,
    input: Object,
    steps: [Object],
    on_success: [Object],
    on_failure: [Object],
    stop_on_failure: Boolean,
    depth: Number,
    phase: String,
    failed: Boolean,
    traceparent: String,
    expire_at: Date,
  },
  indexes: [{ keys: { expire_at: 1 }, options: { expireAfterSeconds: 0 } }],
});

@Injectable()
export class ChainsRepository extends TenantRepository<ChainRecord> {
  constructor(database: Database) {
    super(database, chainsCollection);
  }
}
