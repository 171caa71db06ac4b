import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import proxy from '@fastify/http-proxy';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { unavailable } from '#contracts';
import { formatTraceparent, logger } from '#telemetry';
import { GatewaySettings } from '../settings.js';
import { KeyExchange } from '../exchange-keys/key-exchange.js';
import { apiKeyOf, bearerOf, withoutKey } from './credentials.js';
import { ROUTED_PREFIXES, type Upstream } from './routed-prefixes.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The token that the service behind the gateway gets; absent on requests without credentials. */
    internalToken: string | undefined;
  }
}

/** Headers of a client that no service may see: credentials, and what only the gateway may say. */
const KEPT_BACK = new Set([
  'authorization',
  'x-api-key',
  'x-internal-token',
  'x-account-context',
  'traceparent',
  'tracestate',
]);
const UPSTREAM_TIMEOUT_MS = 30_000;

/** Forwards requests to the services, with an internal token in place of whatever the client identified itself by. */
@Injectable()
export class Forwarding implements OnApplicationBootstrap {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly keys: KeyExchange,
    private readonly settings: GatewaySettings,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.decorateRequest('internalToken');
    await server.register(async (scope) => {
      // Bodies pass as they came: the service behind parses and checks them.
      scope.removeAllContentTypeParsers();
      for (const [prefix, upstream] of Object.entries(ROUTED_PREFIXES)) await this.forward(scope, prefix, upstream);
    });
  }

  private async forward(scope: FastifyInstance, prefix: string, upstream: Upstream): Promise<void> {
    await scope.register(async (own) => {
      await own.register(proxy, {
        prefix,
        rewritePrefix: prefix,
        upstream: this.settings.upstreams[upstream],
        undici: {
          connections: 128,
          pipelining: 1,
          keepAliveTimeout: 30_000,
          headersTimeout: UPSTREAM_TIMEOUT_MS,
          bodyTimeout: 0,
        },
        preHandler: (request) => this.identify(request),
        replyOptions: {
          rewriteRequestHeaders: (request, headers) => forwardedHeaders(request as FastifyRequest, headers),
          onError: (reply, { error }) => this.notReached(reply as unknown as FastifyReply, upstream, error),
        },
        preRewrite: (url) => withoutKey(url),
      });
    });
  }

  private async identify(request: FastifyRequest): Promise<void> {
    const key = apiKeyOf(request);
    request.internalToken = key === undefined ? bearerOf(request) : (await this.keys.exchange(key)).token;
  }

  private notReached(reply: FastifyReply, upstream: Upstream, error: Error): void {
    logger.warn({ err: error, service: upstream }, 'a service did not answer');
    void reply.send(unavailable(`The service ${upstream}`, error));
  }
}

function forwardedHeaders(request: FastifyRequest, headers: Record<string, string | string[] | undefined>) {
  const passed = Object.fromEntries(Object.entries(headers).filter(([name]) => !KEPT_BACK.has(name)));
  const forwardedFor = request.headers['x-forwarded-for'];
  const { state, internalToken } = request;
  return {
    ...passed,
    'x-forwarded-for':
      forwardedFor === undefined
        ? request.socket.remoteAddress
        : `${String(forwardedFor)}, ${request.socket.remoteAddress ?? ''}`,
    'x-forwarded-host': request.headers.host,
    'x-forwarded-proto': request.protocol,
    ...(state !== undefined && {
      traceparent: formatTraceparent(state.span.spanContext()),
      'x-request-id': state.requestId,
    }),
    ...(internalToken !== undefined && { 'x-internal-token': internalToken }),
  };
}
