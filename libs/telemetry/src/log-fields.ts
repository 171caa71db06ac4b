import { context, createContextKey, trace, type Context } from '@opentelemetry/api';

/** Fields that every log line of one piece of work carries beside its trace id. */
export interface LogFields {
  account_id?: string;
  execution_id?: string;
  helper_type?: string;
  request_id?: string;
}

const KEY = createContextKey('log fields');

/** A context whose log lines carry `fields` too; the object may be filled later (the account, once it is known). */
export const contextWithLogFields = (parent: Context, fields: LogFields): Context => parent.setValue(KEY, fields);

/** Runs `work` with more fields on each of its log lines. */
export function withLogFields<T>(fields: LogFields, work: () => T): T {
  const active = context.active();
  const outer = active.getValue(KEY) as LogFields | undefined;
  return context.with(contextWithLogFields(active, { ...outer, ...fields }), work);
}

/** Adds fields to the work in progress, for the rest of it; does nothing outside of any. */
export function addLogFields(fields: LogFields): void {
  const current = context.active().getValue(KEY) as LogFields | undefined;
  if (current !== undefined) Object.assign(current, fields);
}

/** What the logger mixes into each line. */
export function currentLogFields(): Record<string, unknown> {
  const active = context.active();
  const span = trace.getSpanContext(active);
  const fields = active.getValue(KEY) as LogFields | undefined;
  return { ...(span && { trace_id: span.traceId, span_id: span.spanId }), ...fields };
}
