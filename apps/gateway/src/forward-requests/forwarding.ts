import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { Pool } from 'undici';
import { unavailable } from '#contracts';
import { logger } from '#telemetry';
import { bodyToForward, refuseLargeBody } from '../limit-bodies/body-limit.js';
import { GatewaySettings } from '../settings.js';
import { Callers } from './callers.js';
import { withoutKey } from './credentials.js';
import { checkedDestination } from './destination.js';
import { headersToClient, headersToService } from './forwarded-headers.js';
import { checksPassword } from './paths.js';
import { ROUTED_PREFIXES, UPSTREAMS, type Upstream } from './routed-prefixes.js';
import { ServiceAnswerHandler } from './service-answer.js';

const CONNECT_TIMEOUT_MS = 1_500;
const ANSWER_TIMEOUT_MS = 30_000;
const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/**
 * Forwards requests to the services, with an internal token in place of whatever the client identified itself by.
 * It asks once: a service that says "try again" says so to the client, and asking again here would hide it and load the
 * service.
 */
@Injectable()
export class Forwarding implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly pools = new Map<Upstream, Pool>();
  /** Sign-ins wait for their turn to be hashed: their connections must not be those that other requests need. */
  private readonly passwords: Pool;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly callers: Callers,
    private readonly settings: GatewaySettings,
  ) {
    for (const upstream of UPSTREAMS) {
      this.pools.set(upstream, poolTo(settings.upstreams[upstream]));
    }
    this.passwords = poolTo(settings.upstreams.identity);
  }

  async onApplicationBootstrap(): Promise<void> {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    await server.register(async (scope) => {
      // Bodies pass as they came: the service behind parses and checks them.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', bodyToForward);
      scope.addHook('onRequest', async (request) => refuseLargeBody(request));
      for (const [prefix, upstream] of Object.entries(ROUTED_PREFIXES)) {
        for (const url of [prefix, `${prefix}/*`]) {
          scope.route({ method: METHODS, url, handler: (request, reply) => this.forward(upstream, request, reply) });
        }
      }
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.pools.values(), this.passwords].map((pool) => pool.close()));
  }

  private async forward(upstream: Upstream, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    await this.callers.admit(request, reply);
    const handler = new ServiceAnswerHandler();
    const { method, headers, body } = request;
    const pool = checksPassword(request.raw.url ?? '/') ? this.passwords : this.pools.get(upstream);
    pool?.dispatch(
      {
        method,
        path: checkedDestination(withoutKey(request.raw.url ?? '/')),
        headers: withoutLength(headersToService(request, headers, this.settings.trustedProxies), body),
        body: (body as Buffer | Readable | undefined) ?? null,
      },
      handler,
    );
    const answer = await handler.answer.catch((error: unknown) => {
      logger.warn({ err: error, service: upstream }, 'a service did not answer');
      throw unavailable(`The service ${upstream}`, error);
    });
    return reply.code(answer.status).headers(headersToClient(answer.headers)).send(answer.body);
  }
}

const poolTo = (origin: string): Pool =>
  new Pool(origin, {
    connections: 128,
    pipelining: 1,
    keepAliveTimeout: 30_000,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: ANSWER_TIMEOUT_MS,
    bodyTimeout: 0,
  });

/** A request without a body says no length: what a client sent with it was not read. */
function withoutLength(headers: IncomingHttpHeaders, body: unknown): IncomingHttpHeaders {
  if (body === undefined) delete headers['content-length'];
  return headers;
}
