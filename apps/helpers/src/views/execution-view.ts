import { z } from 'zod';
import { EXECUTION_STATUSES, TimelineEntry, TRIGGER_TYPES, WAIT_REASONS } from '#contracts';
import type { ExecutionRecord } from '../domain/execution-record.js';

export const Waiting = z.object({ reason: z.enum(WAIT_REASONS), until: z.iso.datetime() });

/** An execution in lists and in the live stream. */
export const ExecutionItem = z
  .object({
    execution_id: z.string(),
    helper_id: z.string(),
    helper_type: z.string(),
    account_id: z.string(),
    user_id: z.string(),
    api_key_id: z.string(),
    connection_id: z.string(),
    contact_id: z.string(),
    status: z.enum(EXECUTION_STATUSES),
    trigger_type: z.enum(TRIGGER_TYPES),
    error_message: z.string().optional(),
    error: z.string().optional(),
    duration_ms: z.number().int(),
    created_at: z.iso.datetime(),
    started_at: z.iso.datetime(),
    completed_at: z.iso.datetime().optional(),
    attempt: z.number().int(),
    waiting: Waiting.optional(),
    parent_id: z.string().optional(),
    replay_of: z.string().optional(),
    trace_id: z.string(),
    version: z.number().int(),
  })
  .meta({ id: 'ExecutionItem' });
export type ExecutionItem = z.infer<typeof ExecutionItem>;

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
