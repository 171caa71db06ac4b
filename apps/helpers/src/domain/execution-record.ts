import type { ExecutionFailure, ExecutionStatus, Lane, TimelineEntry, TriggerType, WaitReason } from '#contracts';

/** Why an execution is not in the stream although nobody works on it. */
export type HoldReason = 'turn' | 'bulk' | 'wait';

/** What became of an execution in a chain, for the step that follows. */
export interface ChainPosition {
  /** The execution of the `chain_it` helper. */
  chain_id: string;
  index: number;
}

/**
 * One execution as MongoDB keeps it. `open`, `held` and `not_before` drive the release of jobs:
 * an open record that is not held is in the stream, with a runner, or belongs to the process that is publishing it.
 */
export interface ExecutionRecord {
  _id: string;
  account_id: string;
  /** Grows with every visible change. */
  version: number;
  created_at: Date;
  updated_at: Date;
  helper_id: string;
  helper_type: string;
  helper_name: string;
  connection_id?: string;
  contact_id?: string;
  user_id?: string;
  api_key_id?: string;
  config: Record<string, unknown>;
  input: Record<string, unknown>;
  query_params: Record<string, string>;
  status: ExecutionStatus;
  trigger_type: TriggerType;
  lane: Lane;
  attempt: number;
  depth: number;
  /** Helpers whose runs led to this one, itself last; absent unless a changed contact started it. */
  lineage?: string[];
  journal_id: string;
  parent_id?: string;
  replay_of?: string;
  chain?: ChainPosition;
  /** Asked for by a test key: the runner only says what it would do. */
  dry_run?: true;
  idempotency_key?: string;
  idempotency_hash?: string;
  trace_id: string;
  traceparent: string;
  /** Executions with one turn key never overlap; absent where there is no contact. */
  turn_key?: string;
  /** Present and true until the execution ends. */
  open?: true;
  held: boolean;
  hold?: HoldReason;
  not_before?: Date;
  waiting?: { reason: WaitReason; until: Date };
  /** How often the job was handed to the stream again on purpose; part of its message id. */
  publication: number;
  /** The process that answers for its publication until it ends or is held. */
  accepted_by: string;
  /** Marks the records that one release call took. */
  release?: string;
  started_at?: Date;
  completed_at?: Date;
  duration_ms?: number;
  output?: Record<string, unknown>;
  error?: ExecutionFailure;
  events: TimelineEntry[];
  expire_at?: Date;
}

/** Records live this long after their end. */
export const RECORD_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;
/** A job that waited this long is ended as failed; the stream keeps no longer either. */
export const LONGEST_WAIT_MS = 14 * 24 * 60 * 60 * 1000;

/** Turn key: connection and contact; without a connection account and contact; without a contact there is no turn. */
export function turnKeyOf(ids: {
  account_id: string;
  connection_id?: string;
  contact_id?: string;
}): string | undefined {
  if (ids.contact_id === undefined) return undefined;
  return `${ids.connection_id ?? ids.account_id}|${ids.contact_id}`;
}

export const timelineEntry = (
  type: TimelineEntry['type'],
  message: string,
  data: Record<string, unknown> = {},
  at: Date = new Date(),
): TimelineEntry => ({ at: at.toISOString(), type, message, data });
