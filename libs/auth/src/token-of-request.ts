import type { IncomingHttpHeaders } from 'node:http';

const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]*)$/i;

/**
 * The access token of a request: the one the gateway made (`x-internal-token`, which it overwrites when a client sends
 * one itself), else the caller's own bearer token.
 */
export function tokenOf({ headers }: { headers: IncomingHttpHeaders }): string | undefined {
  const internal = headers['x-internal-token'];
  if (typeof internal === 'string' && internal !== '') return internal;
  return BEARER.exec(headers.authorization ?? '')?.[1];
}
