import { defineCollection, erasedByAccount } from '#persistence';
import { RECORD_LIFETIME_MS, type ExecutionRecord } from '../domain/execution-record.js';

/** An idempotency key counts for this long. */
export const IDEMPOTENCY_LIFETIME_MS = 24 * 60 * 60 * 1000;

const stillOpen = { partialFilterExpression: { open: true } };

/** Executions. Indexes are few and partial where they can be: each costs a write per execution. */
export const executionsCollection = defineCollection<ExecutionRecord>({
  name: 'executions',
  domain: 'executions',
  title: 'Execution',
  erasure: erasedByAccount,
  fields: {
    helper_id: String,
    helper_type: String,
    helper_name: String,
    connection_id: String,
    contact_id: String,
    user_id: String,
    api_key_id: String,
    config: Object,
    input: Object,
    query_params: Object,
    status: String,
    trigger_type: String,
    lane: String,
    attempt: Number,
    depth: Number,
    lineage: { type: [String], default: undefined },
    journal_id: String,
    parent_id: String,
    replay_of: String,
    chain: Object,
    dry_run: Boolean,
    idempotency_key: String,
    idempotency_hash: String,
    trace_id: String,
    traceparent: String,
    turn_key: String,
    open: Boolean,
    held: Boolean,
    hold: String,
    not_before: Date,
    waiting: Object,
    publication: Number,
    accepted_by: String,
    release: String,
    started_at: Date,
    completed_at: Date,
    duration_ms: Number,
    output: Object,
    error: Object,
    events: [Object],
    expire_at: Date,
  },
  indexes: [
    { keys: { account_id: 1, status: 1, _id: -1 } },
    { keys: { account_id: 1, helper_id: 1, _id: -1 } },
    { keys: { turn_key: 1 }, options: stillOpen },
    { keys: { turn_key: 1, created_at: -1 }, options: { partialFilterExpression: { lineage: { $exists: true } } } },
    { keys: { accepted_by: 1 }, options: stillOpen },
    { keys: { not_before: 1 }, options: { partialFilterExpression: { held: true, not_before: { $exists: true } } } },
    { keys: { account_id: 1, hold: 1, _id: 1 }, options: { partialFilterExpression: { hold: 'bulk' } } },
    { keys: { account_id: 1, lane: 1, held: 1 }, options: { partialFilterExpression: { open: true, lane: 'bulk' } } },
    { keys: { 'chain.chain_id': 1 }, options: { partialFilterExpression: { 'chain.chain_id': { $exists: true } } } },
    {
      keys: { account_id: 1, helper_id: 1, idempotency_key: 1 },
      options: { unique: true, partialFilterExpression: { idempotency_key: { $exists: true } } },
    },
    {
      keys: { expire_at: 1 },
      options: { expireAfterSeconds: 0, partialFilterExpression: { expire_at: { $exists: true } } },
    },
  ],
});

/** When a record that ends at `at` is removed. */
export const expiryOf = (at: Date): Date => new Date(at.getTime() + RECORD_LIFETIME_MS);
