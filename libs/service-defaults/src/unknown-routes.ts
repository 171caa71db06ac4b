import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#contracts';
import type { RouteTable } from './route-table.js';

const pathOf = ({ raw: { url = '/' } }: FastifyRequest): string => url.split('?', 1)[0] ?? '/';

/** What a request gets that no route takes: 405 with `Allow` where the path has other methods, else 404. */
export function unmatched(request: FastifyRequest, routes: Pick<RouteTable, 'methodsOf'>): Problem {
  const allowed = routes.methodsOf(pathOf(request));
  if (allowed.length === 0) return new Problem(404, 'resource.not_found', 'Not found');
  return new Problem(405, 'request.method_not_allowed', 'Method not allowed', {
    headers: { Allow: allowed.join(', ') },
  });
}

/** Refuses what no route takes before its body is read: a wrong method is told before a wrong media type. */
export function refuseUnknownRoutes(server: FastifyInstance, routes: RouteTable): void {
  server.addHook('preParsing', (request, _reply, _payload, done) => {
    const { url } = request.routeOptions;
    const isElsewhere = url !== undefined && routes.belongsElsewhere(url, pathOf(request));
    done(request.is404 || isElsewhere ? unmatched(request, routes) : null);
  });
}
