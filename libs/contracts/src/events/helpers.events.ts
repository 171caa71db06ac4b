import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { EXECUTION_STATUSES, ExecutionFailure, TimelineEntry, TRIGGER_TYPES, WAIT_REASONS } from '../execution.js';

const HelperFact = z.object({ helper_id: z.string(), helper_type: z.string(), name: z.string() });

/** What every execution event says. */
const ExecutionFact = z.object({
  execution_id: z.string(),
  helper_id: z.string(),
  helper_type: z.string(),
  account_id: z.string(),
  connection_id: z.string().optional(),
  contact_id: z.string().optional(),
  parent_id: z.string().optional(),
  status: z.enum(EXECUTION_STATUSES),
  trigger_type: z.enum(TRIGGER_TYPES),
  attempt: z.number().int(),
  /** Nothing was changed or sent, and nothing is metered. */
  dry_run: z.boolean().optional(),
});

/** What a runner adds: timeline entries since its last event. */
const RunnerFact = ExecutionFact.extend({ runner: z.string(), timeline: z.array(TimelineEntry) });

const execution = <Data extends z.ZodType>(fact: string, summary: string, data: Data) =>
  defineEvent({ domain: 'helpers', entity: 'execution', fact, summary, detailed: true, data });

export const helpersEvents = {
  helperCreated: defineEvent({
    domain: 'helpers',
    entity: 'helper',
    fact: 'created',
    summary: 'A helper was configured.',
    data: HelperFact,
  }),
  helperUpdated: defineEvent({
    domain: 'helpers',
    entity: 'helper',
    fact: 'updated',
    summary: 'A helper was changed, enabled or disabled.',
    data: HelperFact,
  }),
  helperDeleted: defineEvent({
    domain: 'helpers',
    entity: 'helper',
    fact: 'deleted',
    summary: 'A helper was deleted.',
    data: HelperFact,
  }),
  executionQueued: execution('queued', 'An execution was accepted and is durable.', ExecutionFact),
  executionStarted: execution(
    'started',
    'A long run began or a waiting one went on.',
    RunnerFact.extend({ started_at: z.iso.datetime() }),
  ),
  executionWaiting: execution(
    'waiting',
    'An execution was handed back and goes on later.',
    RunnerFact.extend({
      reason: z.enum(WAIT_REASONS),
      until: z.iso.datetime(),
      next_attempt: z.number().int(),
      error: ExecutionFailure.optional(),
    }),
  ),
  executionCompleted: execution(
    'completed',
    'An execution did its work.',
    RunnerFact.extend({
      started_at: z.iso.datetime(),
      completed_at: z.iso.datetime(),
      duration_ms: z.number().int(),
      output: z.record(z.string(), z.unknown()),
    }),
  ),
  executionFailed: execution(
    'failed',
    'An execution ended without success.',
    RunnerFact.extend({
      started_at: z.iso.datetime(),
      completed_at: z.iso.datetime(),
      duration_ms: z.number().int(),
      error: ExecutionFailure,
      output: z.record(z.string(), z.unknown()),
    }),
  ),
  executionCancelled: execution(
    'cancelled',
    'A pending execution was cancelled and makes no effect.',
    ExecutionFact.extend({ cancelled_at: z.iso.datetime(), reason: z.string().optional() }),
  ),
  executionDeadLettered: execution(
    'dead_lettered',
    'An execution used up its attempts or left an effect in doubt.',
    ExecutionFact.extend({ dead_letter_id: z.string(), error: ExecutionFailure }),
  ),
} as const;
