import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import proxy from '@fastify/http-proxy';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { unavailable } from '#contracts';
import { logger } from '#telemetry';
import { bodyToForward, refuseLargeBody } from '../limit-bodies/body-limit.js';
import { GatewaySettings } from '../settings.js';
import { Callers } from './callers.js';
import { withoutKey } from './credentials.js';
import { headersToClient, headersToService } from './forwarded-headers.js';
import { ROUTED_PREFIXES, type Upstream } from './routed-prefixes.js';

const CONNECT_TIMEOUT_MS = 1_500;
const ANSWER_TIMEOUT_MS = 30_000;

/** Forwards requests to the services, with an internal token in place of whatever the client identified itself by. */
@Injectable()
export class Forwarding implements OnApplicationBootstrap {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly callers: Callers,
    private readonly settings: GatewaySettings,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    await server.register(async (scope) => {
      // Bodies pass as they came: the service behind parses and checks them.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', bodyToForward);
      scope.addHook('onRequest', async (request) => refuseLargeBody(request));
      for (const [prefix, upstream] of Object.entries(ROUTED_PREFIXES)) await this.forward(scope, prefix, upstream);
    });
  }

  private async forward(scope: FastifyInstance, prefix: string, upstream: Upstream): Promise<void> {
    const { trustedProxies, upstreams } = this.settings;
    await scope.register(async (own) => {
      await own.register(proxy, {
        prefix,
        rewritePrefix: prefix,
        upstream: upstreams[upstream],
        proxyPayloads: false,
        undici: {
          connections: 128,
          pipelining: 1,
          keepAliveTimeout: 30_000,
          connect: { timeout: CONNECT_TIMEOUT_MS },
          headersTimeout: ANSWER_TIMEOUT_MS,
          bodyTimeout: 0,
        },
        preHandler: (request, reply, done) => {
          this.callers.admit(request, reply).then(() => done(), done);
        },
        replyOptions: {
          rewriteRequestHeaders: (request, headers) =>
            headersToService(request as FastifyRequest, headers, trustedProxies),
          rewriteHeaders: headersToClient,
          // A service that says "try again" says so to the client; asking again here would hide it and load the service.
          retryDelay: () => null,
          onError: (reply, { error }) => this.notReached(reply as unknown as FastifyReply, upstream, error),
        },
        preRewrite: (url) => withoutKey(url),
      });
    });
  }

  private notReached(reply: FastifyReply, upstream: Upstream, error: Error): void {
    logger.warn({ err: error, service: upstream }, 'a service did not answer');
    void reply.send(unavailable(`The service ${upstream}`, error));
  }
}
