import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { formatTraceparent } from '#telemetry';
import { clientAddress, clientProtocol } from './client-address.js';
import { isAppProof } from './paths.js';

/** Headers of a client that no service may see: credentials, and what only the gateway may say. */
const KEPT_BACK = new Set([
  'authorization',
  'x-api-key',
  'x-internal-token',
  'x-account-context',
  'traceparent',
  'tracestate',
  'forwarded',
  'x-real-ip',
]);

/** Headers that speak about one connection only (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

type Headers = IncomingHttpHeaders;

/** What a service gets: the client's headers without credentials, and what the gateway knows about the client. */
export function headersToService(request: FastifyRequest, headers: Headers, proxies: number): Headers {
  const passed = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !KEPT_BACK.has(name) && !HOP_BY_HOP.has(name)),
  );
  const { state, internalToken } = request;
  const { authorization } = headers;
  return {
    ...passed,
    // One address, already decided: services trust exactly one hop, the gateway.
    'x-forwarded-for': clientAddress(request, proxies),
    'x-forwarded-host': request.headers.host ?? '',
    'x-forwarded-proto': clientProtocol(request, proxies),
    ...(state !== undefined && {
      traceparent: formatTraceparent(state.span.spanContext()),
      'x-request-id': state.requestId,
    }),
    ...(internalToken !== undefined && { 'x-internal-token': internalToken }),
    ...(authorization !== undefined && isAppProof(request.raw.url ?? '/') && { authorization }),
  };
}

/** What the client gets of a service's headers; who may read the answer is the gateway's word alone. */
export function headersToClient(headers: Headers): Headers {
  const passed = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) && !name.startsWith('access-control-')),
  );
  const { vary } = headers;
  if (vary !== undefined && vary.toLowerCase() !== 'origin') passed['vary'] = `Origin, ${vary}`;
  return passed;
}
