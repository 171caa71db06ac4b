import { createHash } from 'node:crypto';
import { newId, type Lane } from '#contracts';
import { currentTraceparent, formatTraceparent, newSpanId, newTraceId } from '#telemetry';
import { timelineEntry, turnKeyOf, type ExecutionRecord } from '../domain/execution-record.js';
import type { ExecutionRequest } from './execution-request.js';

export interface TraceOfRequest {
  traceId: string;
  traceparent: string;
}

/** The trace of the request being handled; a new one where the work has none (children of the sweeper's making). */
export function traceOfRequest(): TraceOfRequest {
  const traceparent =
    currentTraceparent() ?? formatTraceparent({ traceId: newTraceId(), spanId: newSpanId(), traceFlags: 0 });
  return { traceparent, traceId: traceparent.split('-')[1] ?? '' };
}

/** Text with sorted keys, so that equal values give equal text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}

/** What must be equal for two requests with one idempotency key to be the same request. */
export function requestHash(request: ExecutionRequest): string {
  const body = [request.helper.id, request.contactId ?? null, request.input, request.query];
  if (request.dryRun === true) body.push('dry run');
  return createHash('sha256').update(canonical(body)).digest('base64url');
}

/** The record of a request that is about to be accepted by process `acceptedBy`. */
export function newRecord(
  request: ExecutionRequest,
  lane: Lane,
  acceptedBy: string,
  trace: TraceOfRequest,
): ExecutionRecord {
  const now = new Date();
  const id = request.executionId ?? newId('exec');
  const { helper } = request;
  const ids = {
    account_id: request.accountId,
    ...(helper.connectionId !== undefined && { connection_id: helper.connectionId }),
    ...(request.contactId !== undefined && { contact_id: request.contactId }),
  };
  const turnKey = turnKeyOf(ids);
  const delay = request.notBefore !== undefined && request.notBefore > now ? request.notBefore : undefined;
  return {
    _id: id,
    ...ids,
    version: 1,
    created_at: now,
    updated_at: now,
    helper_id: helper.id,
    helper_type: helper.type,
    helper_name: helper.name,
    ...(request.userId !== undefined && { user_id: request.userId }),
    ...(request.apiKeyId !== undefined && { api_key_id: request.apiKeyId }),
    config: helper.config,
    input: request.input,
    query_params: request.query,
    status: 'pending',
    trigger_type: request.trigger,
    lane,
    attempt: 1,
    depth: request.depth ?? 0,
    ...(request.lineage !== undefined && { lineage: [...request.lineage] }),
    journal_id: request.replayOf?.journalId ?? id,
    ...(request.parentId !== undefined && { parent_id: request.parentId }),
    ...(request.replayOf && { replay_of: request.replayOf.executionId }),
    ...(request.chain && { chain: request.chain }),
    ...(request.dryRun === true && { dry_run: true as const }),
    ...(request.idempotencyKey !== undefined && {
      idempotency_key: request.idempotencyKey,
      idempotency_hash: requestHash(request),
    }),
    trace_id: trace.traceId,
    traceparent: trace.traceparent,
    ...(turnKey !== undefined && { turn_key: turnKey }),
    open: true,
    held: delay !== undefined,
    ...(delay && { hold: 'wait' as const, not_before: delay, waiting: { reason: 'schedule' as const, until: delay } }),
    publication: 1,
    accepted_by: acceptedBy,
    events: [
      timelineEntry(
        'accepted',
        'Accepted and durable',
        { lane, idempotency_key: request.idempotencyKey !== undefined },
        now,
      ),
    ],
  };
}
