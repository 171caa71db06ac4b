import { z } from 'zod';
import { Problem, TRIGGER_EVENTS, TriggerFilter } from '#contracts';
import type { TriggerRecord } from './trigger.repository.js';

export const NewTriggerBody = z
  .strictObject({ event: z.enum(TRIGGER_EVENTS), filter: TriggerFilter.default({}) })
  .meta({ id: 'NewTrigger' });
export type NewTriggerBody = z.infer<typeof NewTriggerBody>;

export const TriggerView = z
  .object({
    trigger_id: z.string(),
    helper_id: z.string(),
    connection_id: z.string().optional(),
    event: z.enum(TRIGGER_EVENTS),
    filter: TriggerFilter,
    /** Whether the vendor tells of such changes already; `unknown` when that cannot be asked now. */
    status: z.enum(['pending', 'active', 'failed', 'unknown']),
    status_reason: z.string().optional(),
    started_count: z.number().int(),
    last_started_at: z.iso.datetime().optional(),
    last_left_out: z.object({ at: z.iso.datetime(), reason: z.string() }).optional(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'Trigger' });
export type TriggerView = z.infer<typeof TriggerView>;

/** What is known of its subscription at the vendor. */
export type TriggerState = Pick<TriggerView, 'status' | 'status_reason'>;

export const triggerView = (record: TriggerRecord, state: TriggerState): TriggerView => ({
  trigger_id: record._id,
  helper_id: record.helper_id,
  ...(record.connection_id !== undefined && { connection_id: record.connection_id }),
  event: record.event,
  filter: record.filter,
  ...state,
  started_count: record.started_count,
  ...(record.last_started_at !== undefined && { last_started_at: record.last_started_at.toISOString() }),
  ...(record.last_left_out !== undefined && {
    last_left_out: { at: record.last_left_out.at.toISOString(), reason: record.last_left_out.reason },
  }),
  created_at: record.created_at.toISOString(),
});

/** Which parts of a filter make sense with which event. */
const FITTING = {
  tag_applied: ['tag_id'],
  tag_removed: ['tag_id'],
  contact_created: [],
  field_changed: ['field', 'equals'],
} as const satisfies Record<NewTriggerBody['event'], readonly (keyof NewTriggerBody['filter'])[]>;

/** @throws Problem 422 for a filter that can never match */
export function refuseUnfitting({ event, filter }: NewTriggerBody): void {
  const fitting: readonly string[] = FITTING[event];
  const errors = Object.keys(filter)
    .filter((key) => filter[key as keyof typeof filter] !== undefined && !fitting.includes(key))
    .map((key) => fault(key, `${event} is not filtered by ${key}: ${allowed(fitting)}`));
  if (filter.equals !== undefined && filter.field === undefined && event === 'field_changed') {
    errors.push(fault('equals', 'Name the field whose value is compared in filter.field'));
  }
  const [first] = errors;
  if (first !== undefined) throw new Problem(422, 'triggers.invalid_filter', first.message, { errors });
}

const fault = (key: string, message: string) => ({ field: `filter.${key}`, code: 'invalid', message });

const allowed = (fitting: readonly string[]): string =>
  fitting.length === 0 ? 'leave the filter empty' : `use ${fitting.join(' and ')}`;
