import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { Problem } from '#contracts';

const OPERATORS = /^\/billing\/operator(?:\/|$)/;

/** As the service behind reads it; what it cannot read it does not have. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * What processes say to each other under `/internal`, and what operators ask a service on its own port, is not for the
 * outside, and the gateway is the outside.
 */
@Injectable()
export class InternalPaths implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    this.host.httpAdapter.getInstance<FastifyInstance>().addHook('onRequest', async (request) => {
      const [path = '/'] = request.url.split('?', 1);
      const hidden = request.routeOptions.url?.startsWith('/internal/') === true || OPERATORS.test(decoded(path));
      if (hidden) throw new Problem(404, 'resource.not_found', 'Not found');
    });
  }
}
