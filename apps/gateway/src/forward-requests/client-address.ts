import type { FastifyRequest } from 'fastify';

const listOf = (header: string | string[] | undefined): string[] =>
  (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/**
 * The address a request came from: the peer's, or what the trusted proxies in front say about theirs. What a client
 * itself writes into `X-Forwarded-For` lies further left and is never looked at.
 * @param proxies how many proxies stand before the gateway
 */
export function clientAddress(request: FastifyRequest, proxies: number): string {
  const hops = [...listOf(request.headers['x-forwarded-for']), request.socket.remoteAddress ?? ''];
  return hops[Math.max(hops.length - 1 - proxies, 0)] ?? '';
}

/** `http` or `https`, as the client used it. */
export const clientProtocol = (request: FastifyRequest, proxies: number): string =>
  (proxies > 0 ? listOf(request.headers['x-forwarded-proto']).at(-1) : undefined) ?? 'http';
