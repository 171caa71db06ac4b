import { describe, expect, it } from '@jest/globals';
import { formatTraceparent, newSpanId, newTraceId, parseTraceparent } from './trace-ids.js';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';

describe('trace ids', () => {
  it('have the W3C form and do not repeat', () => {
    const made = Array.from({ length: 2000 }, newTraceId);
    expect(made.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
    expect(new Set(made).size).toBe(2000);
    expect(newSpanId()).toMatch(/^[0-9a-f]{16}$/);
  });

  it('are read from a traceparent and written as one', () => {
    const span = parseTraceparent(`00-${traceId}-${spanId}-01`);
    expect(span).toEqual({ traceId, spanId, traceFlags: 1, isRemote: true });
    expect(span && formatTraceparent(span)).toBe(`00-${traceId}-${spanId}-01`);
    expect(parseTraceparent(`00-${traceId}-${spanId}-00`)?.traceFlags).toBe(0);
  });

  it('accept later versions with more parts, and take the nearest of several', () => {
    expect(parseTraceparent(`01-${traceId}-${spanId}-01-more`)?.traceId).toBe(traceId);
    const other = 'a'.repeat(32);
    expect(parseTraceparent(`00-${other}-${spanId}-01, 00-${traceId}-${spanId}-01`)?.traceId).toBe(traceId);
  });

  it.each([
    undefined,
    '',
    'rubbish',
    `00-${'0'.repeat(32)}-${spanId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `00-${traceId.toUpperCase()}-${spanId}-01`,
    `ff-${traceId}-${spanId}-01`,
    `00-${traceId}-${spanId}-01-more`,
    `00-${traceId}-${spanId}`,
  ])('ignore what breaks the form: %s', (header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });
});
