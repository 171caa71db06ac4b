import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#contracts';
import { KeyExchange } from '../exchange-keys/key-exchange.js';
import { clientAddress } from '../forward-requests/client-address.js';
import { apiKeyOf } from '../forward-requests/credentials.js';
import { GatewaySettings } from '../settings.js';
import { StreamTickets } from './stream-ticket.repository.js';

const STREAM = '/executions/stream';

/** Turns the API key or ticket of a request to the gateway's own routes into the token that the access guard reads. */
@Injectable()
export class OwnRouteCredentials implements OnApplicationBootstrap {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly keys: KeyExchange,
    private readonly tickets: StreamTickets,
    private readonly settings: GatewaySettings,
  ) {}

  onApplicationBootstrap(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.addHook('preValidation', async (request) => {
      // What a client writes there is never believed.
      delete request.headers['x-internal-token'];
      if (!request.routeOptions.url?.startsWith(STREAM)) return;
      const token = await this.tokenOf(request);
      if (token !== undefined) request.headers['x-internal-token'] = token;
    });
  }

  private async tokenOf(request: FastifyRequest): Promise<string | undefined> {
    const key = apiKeyOf(request);
    if (key !== undefined)
      return (await this.keys.exchange(key, clientAddress(request, this.settings.trustedProxies))).token;
    const { ticket } = request.query as { ticket?: unknown };
    if (typeof ticket !== 'string') return undefined;
    const token = await this.tickets.redeem(ticket);
    if (token === undefined)
      throw new Problem(401, 'auth.invalid_token', 'This ticket is unknown, used or older than a minute');
    return token;
  }
}
