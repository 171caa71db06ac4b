import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { currentTraceId, startTelemetry, stopTelemetry, withSpan } from '#telemetry';
import { startOtlpReceiver, type OtlpReceiver } from '#testing';
import type { ReceivedSpan } from '#testing';
import { traceRequests } from './request-tracing.js';

const caller = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };

describe('the server span of a request', () => {
  let receiver: OtlpReceiver;
  let server: FastifyInstance;
  let spans: readonly ReceivedSpan[];
  let seen: string | undefined;

  beforeAll(async () => {
    receiver = await startOtlpReceiver();
    Object.assign(process.env, receiver.variables);
    await startTelemetry();
    server = fastify();
    traceRequests(server, 'lamps');
    server.post('/lamps/:id', async (request, reply) => {
      if (request.state) request.state.fields.account_id = 'account:1';
      seen = currentTraceId();
      await withSpan('inner work', () => undefined);
      return reply.code((request.body as { status: number }).status).send('x');
    });
    server.get('/livez', { config: { quiet: true } as object }, () => 'ok');
    const url = await server.listen({ port: 0, host: '127.0.0.1' });
    const call = (status: number, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(`${url}/lamps/7?key=secret`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ status }),
      });
    await call(200, { traceparent: `00-${caller.traceId}-${caller.spanId}-01` });
    await call(500);
    await fetch(`${url}/livez`);
    await fetch(`${url}/unknown`);
    await server.close();
    await stopTelemetry();
    spans = receiver.spans();
  });
  afterAll(() => receiver.stop());

  it('continues the caller’s trace, names the route and holds the work of the handler', () => {
    const span = spans.find(({ traceId, kind }) => traceId === caller.traceId && kind === 2);
    expect(span).toMatchObject({
      name: 'POST /lamps/:id',
      parentSpanId: caller.spanId,
      attributes: {
        'http.route': '/lamps/:id',
        'http.request.method': 'POST',
        'http.response.status_code': 200,
        'mfh.service': 'lamps',
        'mfh.account_id': 'account:1',
      },
    });
    expect(spans.find(({ name, traceId }) => name === 'inner work' && traceId === caller.traceId)?.parentSpanId).toBe(
      span?.spanId,
    );
    expect(seen).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is marked when the service failed', () => {
    const failed = spans.filter(({ statusCode }) => statusCode === 2);
    expect(failed.map(({ attributes }) => attributes['http.response.status_code'])).toEqual([500]);
  });

  it('never holds a URL, and is left out for health checks', () => {
    const text = JSON.stringify(spans, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    expect(text).not.toContain('secret');
    expect(spans.map(({ name }) => name)).not.toContain('GET /livez');
    expect(spans.map(({ name }) => name)).toContain('GET *');
  });
});
