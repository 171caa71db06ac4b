import { z } from 'zod';
import { EXECUTION_STATUSES, TRIGGER_TYPES, WAIT_REASONS } from './execution.js';

const Waiting = z.object({ reason: z.enum(WAIT_REASONS), until: z.iso.datetime() });

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
    /** True where a test key asked: nothing was changed or sent, `output` says what would have been. */
    dry_run: z.boolean().optional(),
    trace_id: z.string(),
    version: z.number().int(),
  })
  .meta({ id: 'ExecutionItem' });
export type ExecutionItem = z.infer<typeof ExecutionItem>;
