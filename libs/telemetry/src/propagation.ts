import { context, ROOT_CONTEXT, SpanKind, type Context } from '@opentelemetry/api';
import { contextOfRemote, currentSpanContext, withSpan, type SpanOptions } from './spans.js';
import { formatTraceparent, parseTraceparent } from './trace-ids.js';

/** What broker headers offer; `MsgHdrs` of NATS fits. `get` answers `''` for a missing key. */
export interface TraceCarrier {
  get(key: string): string;
  set(key: string, value: string): void;
}

const TRACEPARENT = 'traceparent';

/** The `traceparent` of the work in progress, or undefined outside of any. */
export function currentTraceparent(): string | undefined {
  const span = currentSpanContext();
  return span === undefined ? undefined : formatTraceparent(span);
}

/** Writes the trace of the work in progress into the headers of a message. */
export function injectTrace(carrier: Pick<TraceCarrier, 'set'>): void {
  const traceparent = currentTraceparent();
  if (traceparent !== undefined) carrier.set(TRACEPARENT, traceparent);
}

/** The context of whoever sent a message; a message without (or with a broken) trace gives an empty one. */
export function extractTrace(carrier: Pick<TraceCarrier, 'get'> | undefined): Context {
  const header = carrier?.get(TRACEPARENT);
  return contextOfRemote(parseTraceparent(header === '' ? undefined : header), ROOT_CONTEXT);
}

/**
 * Runs the handling of a message inside a span that continues the sender's trace.
 * @param carrier headers of the message; undefined begins a new trace
 * @throws what `work` throws; the span notes it
 */
export function withExtractedTrace<T>(
  carrier: Pick<TraceCarrier, 'get'> | undefined,
  name: string,
  work: () => Promise<T> | T,
  options: SpanOptions = {},
): Promise<T> {
  return withSpan(name, work, { kind: SpanKind.CONSUMER, ...options }, extractTrace(carrier));
}

/** As {@link withExtractedTrace}, from a stored `traceparent` (an execution record, a CloudEvent). */
export function withTraceparent<T>(
  traceparent: string | undefined,
  name: string,
  work: () => Promise<T> | T,
  options: SpanOptions = {},
): Promise<T> {
  const parent = contextOfRemote(parseTraceparent(traceparent), ROOT_CONTEXT);
  return withSpan(name, work, options, parent);
}

/** Runs `work` outside of any trace: for loops that serve many callers. */
export const withoutTrace = <T>(work: () => T): T => context.with(ROOT_CONTEXT, work);
