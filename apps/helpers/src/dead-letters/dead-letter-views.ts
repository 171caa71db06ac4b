import { z } from 'zod';
import { ExecutionFailure, FailedAttempt } from '#contracts';
import { maskSecrets } from '#helpers';
import { defineList, listFields } from '#persistence';
import { definitionOf } from '../views/helper-view.js';
import { DEAD_LETTER_STATUSES, type DeadLetterRecord } from './dead-letters.repository.js';

export const DeadLetterItem = z
  .object({
    dead_letter_id: z.string(),
    kind: z.enum(['execution', 'run', 'notification']),
    execution_id: z.string().optional(),
    helper_id: z.string().optional(),
    helper_type: z.string().optional(),
    connection_id: z.string().optional(),
    contact_id: z.string().optional(),
    reason: ExecutionFailure,
    attempt_count: z.number().int(),
    first_at: z.iso.datetime(),
    dead_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
    status: z.enum(DEAD_LETTER_STATUSES),
    replayed_as: z.string().optional(),
  })
  .meta({ id: 'DeadLetterItem' });
export type DeadLetterItem = z.infer<typeof DeadLetterItem>;

export const DeadLetterView = DeadLetterItem.extend({
  job: z.record(z.string(), z.unknown()),
  attempts: z.array(FailedAttempt),
  trace_id: z.string().optional(),
}).meta({ id: 'DeadLetter' });
export type DeadLetterView = z.infer<typeof DeadLetterView>;

export const DeadLetterFilter = z.object({
  kind: z.enum(['execution', 'run', 'notification']).optional(),
  helper_type: z.string().optional(),
  helper_id: z.string().optional(),
  connection_id: z.string().optional(),
  contact_id: z.string().optional(),
  code: z.string().optional(),
  status: z.enum(DEAD_LETTER_STATUSES).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export type DeadLetterFilter = z.infer<typeof DeadLetterFilter>;

export const DEAD_LETTERS = defineList<DeadLetterRecord>({
  name: 'dead-letters',
  orders: { dead_at: ['dead_at'] },
  defaultOrder: '-dead_at',
});

export const DeadLetterQuery = DeadLetterFilter.extend(listFields(DEAD_LETTERS));
export type DeadLetterQuery = z.infer<typeof DeadLetterQuery>;

/** Stored fields of a filter. */
export function storedFilter({ code, from, to, ...same }: DeadLetterFilter) {
  return {
    ...Object.fromEntries(Object.entries(same).filter(([, value]) => value !== undefined)),
    ...(code !== undefined && { 'reason.code': code }),
    ...((from !== undefined || to !== undefined) && {
      dead_at: { ...(from !== undefined && { $gte: new Date(from) }), ...(to !== undefined && { $lte: new Date(to) }) },
    }),
  };
}

export function deadLetterItem(record: DeadLetterRecord): DeadLetterItem {
  return {
    dead_letter_id: record._id,
    kind: record.kind,
    execution_id: record.execution_id,
    helper_id: record.helper_id,
    helper_type: record.helper_type,
    ...(record.connection_id !== undefined && { connection_id: record.connection_id }),
    ...(record.contact_id !== undefined && { contact_id: record.contact_id }),
    reason: record.reason,
    attempt_count: record.attempts.length,
    first_at: record.first_at.toISOString(),
    dead_at: record.dead_at.toISOString(),
    expires_at: record.expires_at.toISOString(),
    status: record.status,
    ...(record.replayed_as !== undefined && { replayed_as: record.replayed_as }),
  };
}

export function deadLetterView(record: DeadLetterRecord): DeadLetterView {
  const definition = definitionOf(record.helper_type);
  const config = definition === undefined ? {} : maskSecrets(definition, record.job.config);
  return {
    ...deadLetterItem(record),
    job: { ...record.job, config },
    attempts: record.attempts,
    ...(record.trace_id !== undefined && { trace_id: record.trace_id }),
  };
}
