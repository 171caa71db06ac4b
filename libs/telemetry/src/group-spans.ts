import { failSpan, contextOfRemote, startSpan, type Span, type SpanOptions } from './spans.js';
import { parseTraceparent } from './trace-ids.js';

/** Whether a `traceparent` that we wrote belongs to a trace that is recorded; looks at its end only. */
export const isRecorded = (traceparent: string | undefined): boolean => traceparent?.endsWith('-01') === true;

/**
 * Does something once for work of many traces (one insert, one update), shown as a span in each trace that is
 * recorded. Traces that are not recorded cost a look at their flag.
 * @throws what `work` throws; the spans note it
 */
export async function withSpanInEach<T>(
  name: string,
  traceparents: readonly (string | undefined)[],
  work: () => Promise<T>,
  options: SpanOptions = {},
): Promise<T> {
  const recorded = traceparents.filter(isRecorded);
  if (recorded.length === 0) return work();
  const attributes = { ...options.attributes, 'mfh.group_size': traceparents.length };
  const spans: Span[] = recorded.map((traceparent) =>
    startSpan(name, { ...options, attributes }, contextOfRemote(parseTraceparent(traceparent))),
  );
  try {
    return await work();
  } catch (error) {
    for (const span of spans) failSpan(span, error);
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
}
