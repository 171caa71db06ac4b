import { z } from 'zod';
import { LANES } from './subjects.js';

export const EXECUTION_STATUSES = ['pending', 'running', 'completed', 'failed', 'cancelled'] as const;
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

export const TRIGGER_TYPES = ['manual', 'api', 'scheduled', 'chain', 'chat', 'webhook', 'replay'] as const;
export type TriggerType = (typeof TRIGGER_TYPES)[number];

/** Why an execution is not being worked on although nothing is wrong with it. */
export const WAIT_REASONS = [
  'rate_limit',
  'circuit_open',
  'turn',
  'retry',
  'connection',
  'schedule',
  'account_closing',
] as const;
export type WaitReason = (typeof WAIT_REASONS)[number];

export const ExecutionFailure = z.object({
  code: z.string(),
  /** `retry`: another attempt may help; `give_up`: it cannot. */
  class: z.enum(['retry', 'give_up']),
  message: z.string(),
});
export type ExecutionFailure = z.infer<typeof ExecutionFailure>;

/** One line of an execution's timeline; values are cut at 1 KiB and hold nothing secret. */
export const TimelineEntry = z.object({
  at: z.iso.datetime(),
  type: z.enum([
    'accepted',
    'published',
    'republished',
    'started',
    'waiting',
    'call',
    'effect',
    'effect_in_doubt',
    'child',
    'completed',
    'failed',
    'cancelled',
    'dead_lettered',
    'replayed',
  ]),
  attempt: z.number().int().optional(),
  message: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** Everything a runner needs to do one execution; frozen when the execution was accepted. */
export const ExecutionJob = z.object({
  execution_id: z.string(),
  /** The execution whose effect journal this one shares: its own id, or that of the execution it replays. */
  journal_id: z.string(),
  account_id: z.string(),
  helper_id: z.string(),
  helper_type: z.string(),
  helper_name: z.string(),
  connection_id: z.string().optional(),
  contact_id: z.string().optional(),
  user_id: z.string().optional(),
  /** The execution that started this one as a step of its chain. */
  parent_id: z.string().optional(),
  trigger_type: z.enum(TRIGGER_TYPES),
  lane: z.enum(LANES as [(typeof LANES)[number], ...(typeof LANES)[number][]]),
  /** Secrets inside are sealed. */
  config: z.record(z.string(), z.unknown()),
  input: z.record(z.string(), z.unknown()),
  query: z.record(z.string(), z.string()),
  /** 1 for the first run; a hand-back for a retry raises it, a wait does not. */
  attempt: z.number().int(),
  /** How deep in chains this execution is; 0 for one that nobody else started. */
  depth: z.number().int(),
  accepted_at: z.iso.datetime(),
  /** Nothing is changed or sent: the output says what would have been. */
  dry_run: z.boolean().optional(),
});
export type ExecutionJob = z.infer<typeof ExecutionJob>;
