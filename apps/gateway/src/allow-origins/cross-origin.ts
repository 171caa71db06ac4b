import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isHostedPage, isPublicExecution } from '../forward-requests/paths.js';
import { GatewaySettings } from '../settings.js';

/** What a browser may send, besides what it may always send. Some are only there because older clients send them. */
const REQUEST_HEADERS = [
  'content-type',
  'authorization',
  'x-api-key',
  'idempotency-key',
  'if-match',
  'last-event-id',
  'traceparent',
  'x-trace-id',
  'x-request-id',
  'x-account-context',
  'x-platform',
  'x-app-version',
  'x-amz-date',
  'x-amz-security-token',
  'stripe-signature',
];
/** What a page may read of an answer, besides what it may always read. */
const ANSWER_HEADERS = [
  'X-Trace-ID',
  'X-Request-ID',
  'Retry-After',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Idempotency-Replayed',
  'ETag',
];
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
  'access-control-allow-headers': REQUEST_HEADERS.join(', '),
  'access-control-max-age': '86400',
};
const EXPOSED = ANSWER_HEADERS.join(', ');

const isPreflight = (request: FastifyRequest): boolean =>
  request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;

/**
 * Says which web pages may use the API. Credentials mode is never allowed: tokens travel in headers, so a foreign page
 * has nothing to borrow. Preflights are answered here and never reach a service.
 */
@Injectable()
export class CrossOrigin implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly settings: GatewaySettings,
  ) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.addHook('onRequest', (request, reply, done) => {
      this.allow(request, reply);
      if (!isPreflight(request)) return done();
      void reply.code(204).headers(PREFLIGHT).send();
    });
  }

  private allow(request: FastifyRequest, reply: FastifyReply): void {
    // Also without an origin: a cache must not give that answer to a page.
    reply.header('vary', 'Origin');
    const { origin } = request.headers;
    if (origin === undefined) return;
    const allowed = this.allowedFor(origin, request.raw.url ?? '/');
    if (allowed === undefined) return;
    reply.header('access-control-allow-origin', allowed);
    reply.header('access-control-expose-headers', EXPOSED);
  }

  private allowedFor(origin: string, url: string): string | undefined {
    if (isPublicExecution(url) || isHostedPage(url)) return '*';
    const { corsOrigins, production } = this.settings;
    if (corsOrigins.length === 0) return production ? undefined : '*';
    return corsOrigins.includes(origin) ? origin : undefined;
  }
}
