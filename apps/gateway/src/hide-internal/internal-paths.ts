import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { Problem } from '#contracts';

/** What processes say to each other under `/internal` is not for the outside, and the gateway is the outside. */
@Injectable()
export class InternalPaths implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    this.host.httpAdapter.getInstance<FastifyInstance>().addHook('onRequest', async (request) => {
      if (request.routeOptions.url?.startsWith('/internal/')) throw new Problem(404, 'resource.not_found', 'Not found');
    });
  }
}
