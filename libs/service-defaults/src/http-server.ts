import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { parseBodies } from './body-parsers.js';
import { decodeDoublyEncodedIds } from './decode-ids.js';
import type { ServiceDefinition } from './define-service.js';
import { ServiceHttpAdapter } from './http-adapter.js';
import { ProblemFilter } from './problem-filter.js';
import { logRequests } from './request-log.js';
import { beginRequest, traceRequests } from './request-tracing.js';
import type { RouteSettings } from './route-config.js';
import { RouteTable } from './route-table.js';
import { secureAnswers } from './security-headers.js';
import type { ServiceConfig } from './service-config.js';
import { refuseUnknownRoutes } from './unknown-routes.js';

const BODY_LIMIT = 1024 * 1024;
/** Ids and keys are shorter; a service with signed links says that it needs more. */
const LONGEST_PARAMETER = 300;
/** Longer than the proxies in front keep theirs, so that a reused connection is never just being closed. */
const KEEP_ALIVE_MS = 72_000;

/** Makes the HTTP server of a service with everything that is the same for all. */
export function createHttpAdapter(
  definition: ServiceDefinition,
  config: ServiceConfig,
): { adapter: ServiceHttpAdapter; problems: ProblemFilter } {
  // Filled as routes are added, which is after the server has been made.
  const routes = new RouteTable();
  const problems = new ProblemFilter(config, routes);
  const adapter = new ServiceHttpAdapter({
    logger: false,
    trustProxy: (_address, hop) => hop < config.MFH_TRUST_PROXY,
    bodyLimit: BODY_LIMIT,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: 15_000,
    routerOptions: { maxParamLength: definition.longestParameter ?? LONGEST_PARAMETER, ignoreTrailingSlash: true },
    skipMiddie: true,
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      beginRequest(request, reply);
      problems.answer(error, request, reply);
    },
  });
  const server = adapter.getInstance();
  server.addHook('onRoute', (route) => {
    const settings = (route.config ?? {}) as RouteSettings;
    if (settings.api?.bodyLimit !== undefined) route.bodyLimit = settings.api.bodyLimit;
  });
  routes.watch(server);
  parseBodies(server);
  traceRequests(server, definition.name);
  secureAnswers(server);
  refuseUnknownRoutes(server, routes);
  decodeDoublyEncodedIds(server);
  logRequests(server, definition.name);
  return { adapter, problems };
}
