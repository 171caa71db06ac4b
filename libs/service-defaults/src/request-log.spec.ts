import { afterEach, describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { createLogger } from '#telemetry';
import { logRequests } from './request-log.js';
import { traceRequests } from './request-tracing.js';

describe('the request log', () => {
  let server: FastifyInstance;
  const lines: Record<string, unknown>[] = [];
  const start = (): FastifyInstance => {
    lines.length = 0;
    server = fastify();
    traceRequests(server, 'lamps');
    const log = createLogger({ write: (line) => void lines.push(JSON.parse(line) as never) }, 'info');
    logRequests(server, 'lamps', log);
    server.get('/helper/:api_key/:id', (request) => {
      if (request.state) request.state.fields.account_id = 'account:1';
      return 'ok';
    });
    server.get('/status/:status', (request, reply) =>
      reply.code(Number((request.params as { status: string }).status)).send('x'),
    );
    server.get('/livez', { config: { quiet: true } as object }, () => 'ok');
    return server;
  };
  afterEach(() => server.close());

  it('has one line a request, with the pattern of the route and never the URL', async () => {
    await start().inject({ url: '/helper/mfh_live_secret/abc?token=hidden', headers: { 'x-request-id': 'order-1' } });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 'info',
      service: 'lamps',
      method: 'GET',
      route: '/helper/:api_key/:id',
      status: 200,
      account_id: 'account:1',
      request_id: 'order-1',
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(JSON.stringify(lines)).not.toMatch(/mfh_live_secret|hidden/);
  });

  it('takes its level from the status and leaves health out', async () => {
    start();
    for (const status of [200, 404, 500]) await server.inject(`/status/${status}`);
    await server.inject('/livez');
    await server.inject('/unknown');
    expect(lines.map(({ level, route }) => `${String(level)} ${String(route)}`)).toEqual([
      'info /status/:status',
      'warn /status/:status',
      'error /status/:status',
      'warn *',
    ]);
  });
});
