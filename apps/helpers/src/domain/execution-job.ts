import type { ExecutionJob } from '#contracts';
import type { ExecutionRecord } from './execution-record.js';

/** What travels to the runner: everything frozen at acceptance, nothing of the record's bookkeeping. */
export function jobOf(record: ExecutionRecord): ExecutionJob {
  return {
    execution_id: record._id,
    journal_id: record.journal_id,
    account_id: record.account_id,
    helper_id: record.helper_id,
    helper_type: record.helper_type,
    helper_name: record.helper_name,
    ...(record.connection_id !== undefined && { connection_id: record.connection_id }),
    ...(record.contact_id !== undefined && { contact_id: record.contact_id }),
    ...(record.user_id !== undefined && { user_id: record.user_id }),
    ...(record.parent_id !== undefined && { parent_id: record.parent_id }),
    trigger_type: record.trigger_type,
    lane: record.lane,
    config: record.config,
    input: record.input,
    query: record.query_params,
    attempt: record.attempt,
    depth: record.depth,
    accepted_at: record.created_at.toISOString(),
    ...(record.dry_run === true && { dry_run: true }),
  };
}

/** What every execution event says about an execution. */
export function factOf(record: ExecutionRecord) {
  return {
    execution_id: record._id,
    helper_id: record.helper_id,
    helper_type: record.helper_type,
    account_id: record.account_id,
    ...(record.connection_id !== undefined && { connection_id: record.connection_id }),
    ...(record.contact_id !== undefined && { contact_id: record.contact_id }),
    ...(record.parent_id !== undefined && { parent_id: record.parent_id }),
    status: record.status,
    trigger_type: record.trigger_type,
    attempt: record.attempt,
    ...(record.dry_run === true && { dry_run: true }),
  };
}
