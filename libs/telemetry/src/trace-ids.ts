import { randomFillSync } from 'node:crypto';
import type { SpanContext } from '@opentelemetry/api';

const POOL_BYTES = 4096;
const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

/** Random hex from a pool: one call to the system's generator serves some 170 requests. */
function randomHex(bytes: number): string {
  if (used + bytes > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}

function nonZero(bytes: number): string {
  for (;;) {
    const id = randomHex(bytes);
    if (!/^0+$/.test(id)) return id;
  }
}

/** A W3C trace id: 32 lower-case hex characters, never all zero. */
export const newTraceId = (): string => nonZero(16);

/** A W3C span id: 16 lower-case hex characters, never all zero. */
export const newSpanId = (): string => nonZero(8);

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

/**
 * Reads a `traceparent` header (W3C Trace Context).
 * Of several (a proxy added its own) the last one counts: the nearest caller's.
 * @returns the caller's span, or undefined when the header is absent or breaks the form (a new trace begins then)
 */
export function parseTraceparent(header: string | undefined): SpanContext | undefined {
  if (header === undefined || header.length < 55 || header.length > 256) return undefined;
  const nearest = header.slice(header.lastIndexOf(',') + 1).trim();
  const parts = TRACEPARENT.exec(nearest);
  if (parts === null) return undefined;
  if (nearest.startsWith('00-') && nearest.length !== 55) return undefined;
  const [, traceId = '', spanId = '', flags = '00'] = parts;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
}

/** The `traceparent` header of a span. */
export const formatTraceparent = (span: SpanContext): string =>
  `00-${span.traceId}-${span.spanId}-${(span.traceFlags & 1) === 1 ? '01' : '00'}`;
