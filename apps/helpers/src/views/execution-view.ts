import { z } from 'zod';
import { ExecutionItem, TimelineEntry } from '#contracts';
import type { ExecutionRecord } from '../domain/execution-record.js';

export const TimelineView = TimelineEntry.extend({ seq: z.number().int() });

export const ExecutionView = ExecutionItem.extend({
  input: z.record(z.string(), z.unknown()),
  output: z.record(z.string(), z.unknown()),
  error_code: z.string().optional(),
  error_class: z.enum(['retry', 'give_up']).optional(),
  events: z.array(TimelineView).optional(),
}).meta({ id: 'Execution' });
export type ExecutionView = z.infer<typeof ExecutionView>;

/** Absent ids are empty texts and an execution that has not begun "starts" when it was accepted: clients rely on it. */
export function executionItem(record: ExecutionRecord): ExecutionItem {
  return {
    execution_id: record._id,
    helper_id: record.helper_id,
    helper_type: record.helper_type,
    account_id: record.account_id,
    user_id: record.user_id ?? '',
    api_key_id: record.api_key_id ?? '',
    connection_id: record.connection_id ?? '',
    contact_id: record.contact_id ?? '',
    status: record.status,
    trigger_type: record.trigger_type,
    ...(record.error && { error_message: record.error.message, error: record.error.message }),
    duration_ms: record.duration_ms ?? 0,
    created_at: record.created_at.toISOString(),
    started_at: (record.started_at ?? record.created_at).toISOString(),
    ...(record.completed_at && { completed_at: record.completed_at.toISOString() }),
    attempt: record.attempt,
    ...(record.waiting && { waiting: { reason: record.waiting.reason, until: record.waiting.until.toISOString() } }),
    ...(record.parent_id !== undefined && { parent_id: record.parent_id }),
    ...(record.replay_of !== undefined && { replay_of: record.replay_of }),
    ...(record.dry_run === true && { dry_run: true }),
    trace_id: record.trace_id,
    version: record.version,
  };
}

/** The timeline, oldest first; entries of one instant keep the order in which they were noted. */
export function timelineView(record: ExecutionRecord): z.infer<typeof TimelineView>[] {
  return record.events
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .map((entry, index) => ({ seq: index + 1, ...entry }));
}

export function executionView(record: ExecutionRecord, withEvents: boolean): ExecutionView {
  return {
    ...executionItem(record),
    input: record.input,
    output: record.output ?? {},
    ...(record.error && { error_code: record.error.code, error_class: record.error.class }),
    ...(withEvents && { events: timelineView(record) }),
  };
}
