import { Injectable } from '@nestjs/common';
import type { DeadLetter, ExecutionFailure, ExecutionJob } from '#contracts';
import { Database, defineCollection, TenantRepository, type TenantEntity, erasedByAccount } from '#persistence';

export const DEAD_LETTER_STATUSES = ['open', 'replayed', 'discarded'] as const;

/** A dead letter with what its account may do with it. The job inside holds sealed secrets only. */
export interface DeadLetterRecord extends TenantEntity {
  kind: DeadLetter['kind'];
  status: (typeof DEAD_LETTER_STATUSES)[number];
  execution_id: string;
  helper_id: string;
  helper_type: string;
  connection_id?: string;
  contact_id?: string;
  reason: ExecutionFailure;
  attempts: DeadLetter['attempts'];
  job: ExecutionJob;
  dead_at: Date;
  first_at: Date;
  expires_at: Date;
  replayed_as?: string;
  trace_id?: string;
}

export const deadLettersCollection = defineCollection<DeadLetterRecord>({
  name: 'dead_letters',
  domain: 'dead_letters',
  title: 'Dead letter',
  erasure: erasedByAccount,
  fields: {
    kind: String,
    status: String,
    execution_id: String,
    helper_id: String,
    helper_type: String,
    connection_id: String,
    contact_id: String,
    reason: Object,
    attempts: [Object],
    job: Object,
    dead_at: Date,
    first_at: Date,
    expires_at: Date,
    replayed_as: String,
    trace_id: String,
  },
  indexes: [
    { keys: { account_id: 1, dead_at: -1, _id: -1 } },
    { keys: { expires_at: 1 }, options: { expireAfterSeconds: 0 } },
  ],
});

@Injectable()
export class DeadLettersRepository extends TenantRepository<DeadLetterRecord> {
  constructor(database: Database) {
    super(database, deadLettersCollection);
  }
}
