import { z } from 'zod';
import { EXECUTION_STATUSES, Problem, TRIGGER_TYPES, type ExecutionStatus } from '#contracts';
import { defineList, listFields } from '#persistence';
import type { ExecutionRecord } from '../domain/execution-record.js';

/** Newest first. Ids sort by time, so the id alone is the position. */
export const EXECUTIONS = defineList<ExecutionRecord>({
  name: 'executions',
  orders: { created_at: [] },
  defaultOrder: '-created_at',
  oversize: 'cut',
});

/** Ids in queries may arrive encoded once too often. */
const Id = z.string().transform((text) => (/%3A/i.test(text) ? decodeURIComponent(text) : text));

function statuses(text: string): ExecutionStatus[] {
  return text.split(',').map((part) => {
    const wanted = part.trim().toLowerCase();
    const status = EXECUTION_STATUSES.find((known) => known === (wanted === 'queued' ? 'pending' : wanted));
    if (status !== undefined) return status;
    throw new Problem(400, 'request.invalid_query_parameter', `Unknown status: ${part.trim()}`, {
      errors: [{ field: 'status', code: 'invalid_value', message: `One of ${EXECUTION_STATUSES.join(', ')}` }],
    });
  });
}

export const ExecutionListQuery = z.object({
  helper_id: Id.optional(),
  helper_type: z.string().optional(),
  connection_id: Id.optional(),
  contact_id: z.string().optional(),
  parent_id: Id.optional(),
  trigger_type: z.enum(TRIGGER_TYPES).optional(),
  status: z.string().transform(statuses).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  ...listFields(EXECUTIONS),
  next_token: z.string().max(2048).optional().describe('The same as `cursor`'),
});
export type ExecutionListQuery = z.infer<typeof ExecutionListQuery>;

/** The stored fields that a query asks for. */
export function filterOf(query: Partial<ExecutionListQuery>) {
  const { helper_id, helper_type, connection_id, contact_id, parent_id, trigger_type, status, from, to } = query;
  const given = { helper_id, helper_type, connection_id, contact_id, parent_id, trigger_type };
  return {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(status && { status: { $in: status } }),
    ...((from !== undefined || to !== undefined) && {
      created_at: {
        ...(from !== undefined && { $gte: new Date(from) }),
        ...(to !== undefined && { $lte: new Date(to) }),
      },
    }),
  };
}
