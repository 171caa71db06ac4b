import type { TriggerType } from '#contracts';
import type { ChainPosition, ExecutionRecord } from '../domain/execution-record.js';

/** What acceptance needs to know; the helper's part has been looked up and checked by the caller. */
export interface ExecutionRequest {
  accountId: string;
  helper: { id: string; type: string; name: string; connectionId?: string; config: Record<string, unknown> };
  contactId?: string;
  input: Record<string, unknown>;
  query: Record<string, string>;
  trigger: TriggerType;
  userId?: string;
  apiKeyId?: string;
  idempotencyKey?: string;
  /** Children have ids derived from their parent, so that repeating the request makes no second one. */
  executionId?: string;
  parentId?: string;
  chain?: ChainPosition;
  depth?: number;
  /** Helpers whose runs led to this one, itself last; for executions that a changed contact started. */
  lineage?: readonly string[];
  /** A replay shares the effect journal of the execution it repeats. */
  replayOf?: { executionId: string; journalId: string };
  /** Only to be tried out. */
  dryRun?: boolean;
  /** Not to start before. */
  notBefore?: Date;
}

export interface AcceptedExecution {
  record: ExecutionRecord;
  /** An earlier request with the same idempotency key made this execution. */
  replayed: boolean;
}
