import { describe, expect, it } from '@jest/globals';
import { currentLogFields, withLogFields } from './log-fields.js';
import { currentTraceparent, injectTrace, withExtractedTrace, withoutTrace, withTraceparent } from './propagation.js';
import { currentTraceId, withSpan } from './spans.js';

/** As NATS headers behave: a missing key reads as an empty text. */
const carrier = (values: Record<string, string> = {}) => ({
  values,
  get: (key: string) => values[key] ?? '',
  set: (key: string, value: string) => {
    values[key] = value;
  },
});
const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('traces while no exporter is configured', () => {
  it('give work a valid trace id that survives await and reaches nested work', async () => {
    expect(currentTraceId()).toBeUndefined();
    await withSpan('outer', async () => {
      const outer = currentTraceId();
      expect(outer).toMatch(/^[0-9a-f]{32}$/);
      await new Promise(setImmediate);
      expect(currentTraceId()).toBe(outer);
      await withSpan('inner', () => expect(currentTraceId()).toBe(outer));
    });
    expect(currentTraceId()).toBeUndefined();
  });

  it('give parallel work different traces', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => withSpan('work', async () => currentTraceId())));
    expect(new Set(ids).size).toBe(3);
  });

  it('travel in the headers of a message', async () => {
    const headers = carrier();
    const sent = await withSpan('send', () => {
      injectTrace(headers);
      return currentTraceId();
    });
    expect(headers.values['traceparent']).toContain(sent);
    expect(await withExtractedTrace(headers, 'receive', () => currentTraceId())).toBe(sent);
  });

  it('begin anew where a message has none, and are left out where there is no work', async () => {
    expect(await withExtractedTrace(carrier(), 'receive', () => currentTraceId())).toMatch(/^[0-9a-f]{32}$/);
    expect(await withExtractedTrace(undefined, 'receive', () => currentTraceId())).toMatch(/^[0-9a-f]{32}$/);
    const headers = carrier();
    injectTrace(headers);
    expect(headers.values).toEqual({});
    expect(currentTraceparent()).toBeUndefined();
  });

  it('continue from a stored traceparent and can be left', async () => {
    await withTraceparent(traceparent, 'later', () => {
      expect(currentTraceId()).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
      expect(withoutTrace(() => currentTraceId())).toBeUndefined();
    });
  });

  it('hand on what the work throws', async () => {
    await expect(withSpan('fails', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('bring their ids and fields to log lines', async () => {
    await withTraceparent(traceparent, 'work', () =>
      withLogFields({ account_id: 'account:1' }, () =>
        withLogFields({ execution_id: 'exec:1' }, () => {
          expect(currentLogFields()).toMatchObject({
            trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
            account_id: 'account:1',
            execution_id: 'exec:1',
          });
        }),
      ),
    );
    expect(currentLogFields()).toEqual({});
  });
});
