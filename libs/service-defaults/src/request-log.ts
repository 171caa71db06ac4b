import type { FastifyInstance } from 'fastify';
import { histogram, requestLogger, type Logger } from '#telemetry';

const duration = histogram({
  name: 'mfh.http.server.duration',
  description: 'Time from the first byte of a request to the end of its answer',
  unit: 's',
});

const levelOf = (status: number): 'error' | 'warn' | 'info' =>
  status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info';

/**
 * Writes one line at the end of each request. It names the route's pattern and never the URL, which may hold an API
 * key or a one-time code. Health checks are left out.
 */
export function logRequests(server: FastifyInstance, service: string, log: Logger = requestLogger): void {
  server.addHook('onResponse', (request, reply, done) => {
    const { state } = request;
    if (state === undefined || state.settings.quiet === true) return done();
    const milliseconds = performance.now() - state.startedAt;
    const status = reply.statusCode;
    duration.record(milliseconds / 1000, { service, method: request.method, route: state.route, status });
    const level = levelOf(status);
    if (log.isLevelEnabled(level)) {
      log[level](
        {
          service,
          method: request.method,
          route: state.route,
          status,
          duration_ms: Math.round(milliseconds * 100) / 100,
          trace_id: state.traceId,
          ...state.fields,
        },
        'request',
      );
    }
    done();
  });
}
