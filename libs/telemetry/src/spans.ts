import {
  context,
  isSpanContextValid,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Context,
  type Span,
  type SpanContext,
} from '@opentelemetry/api';
import { ensureAsyncContext } from './async-context.js';
import { newSpanId, newTraceId } from './trace-ids.js';

ensureAsyncContext();
const tracer = trace.getTracer('myfusionhelper');

export interface SpanOptions {
  kind?: SpanKind;
  attributes?: Attributes;
  /** Spans that caused this one without being its parent, such as the acceptance of a job that ran later. */
  links?: SpanContext[];
}

/**
 * Starts a span under `parent` (default: the active context). With telemetry off the span records nothing but has
 * valid ids all the same, because answers, logs and events carry them.
 */
export function startSpan(name: string, options: SpanOptions = {}, parent: Context = context.active()): Span {
  const span = tracer.startSpan(
    name,
    {
      ...(options.kind !== undefined && { kind: options.kind }),
      ...(options.attributes && { attributes: options.attributes }),
      ...(options.links && { links: options.links.map((link) => ({ context: link })) }),
    },
    parent,
  );
  return isSpanContextValid(span.spanContext()) ? span : unrecordedSpan();
}

/** A span that has ids and is never exported, whatever the sampler says: for health checks and the like. */
export const unrecordedSpan = (): Span =>
  trace.wrapSpanContext({ traceId: newTraceId(), spanId: newSpanId(), traceFlags: TraceFlags.NONE });

/** A context below `parent` whose active span is the remote span of a caller. */
export const contextOfRemote = (remote: SpanContext | undefined, parent: Context = context.active()): Context =>
  remote === undefined ? parent : trace.setSpanContext(parent, remote);

/** Notes a failure on a span; the message of the error is kept, its data is not. */
export function failSpan(span: Span, error: unknown): void {
  if (!span.isRecording()) return;
  if (error instanceof Error) span.recordException(error);
  span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
}

/**
 * Runs `work` inside a new span; the span ends with the work and notes its failure.
 * @throws what `work` throws
 */
export async function withSpan<T>(
  name: string,
  work: (span: Span) => Promise<T> | T,
  options: SpanOptions = {},
  parent: Context = context.active(),
): Promise<T> {
  const span = startSpan(name, options, parent);
  try {
    // Awaited inside: a query object only begins when it is awaited, and must begin within the span.
    return await context.with(trace.setSpan(parent, span), async () => await work(span));
  } catch (error) {
    failSpan(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** The W3C trace id of the work in progress (32 hex), or undefined outside of any. */
export const currentTraceId = (): string | undefined => trace.getActiveSpan()?.spanContext().traceId;

/** The active span's ids, for links and records. */
export const currentSpanContext = (): SpanContext | undefined => trace.getActiveSpan()?.spanContext();
export { SpanKind };
export type { Span, SpanContext, Attributes };
