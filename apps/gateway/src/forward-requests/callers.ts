import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { VerifiedTokens } from '#auth';
import { isProblem } from '#contracts';
import { KeyExchange } from '../exchange-keys/key-exchange.js';
import { ApiLimits, type CallerIdentity } from '../limit-requests/api-limits.js';
import { RequestReport } from '../report-requests/request-report.js';
import { GatewaySettings } from '../settings.js';
import { clientAddress } from './client-address.js';
import { apiKeyOf, bearerOf } from './credentials.js';
import { isOutsideApiLimits } from './paths.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The token that the service behind the gateway gets; absent on requests without credentials. */
    internalToken: string | undefined;
  }
}

/** Finds out by what token a request goes on, and whether its sender still has requests left. */
@Injectable()
export class Callers implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly keys: KeyExchange,
    private readonly limits: ApiLimits,
    private readonly tokens: VerifiedTokens,
    private readonly report: RequestReport,
    private readonly settings: GatewaySettings,
  ) {}

  onModuleInit(): void {
    this.host.httpAdapter.getInstance<FastifyInstance>().decorateRequest('internalToken');
  }

  /** @throws Problem 401 for an unusable key, 429 when the limits of the API are reached */
  async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const key = apiKeyOf(request);
    request.internalToken = key === undefined ? bearerOf(request) : await this.tokenFor(key, request, reply);
    const identity = request.internalToken === undefined ? undefined : await this.identityOf(request.internalToken);
    if (!isOutsideApiLimits(request.raw.url ?? '/')) await this.limits.take(request, reply, identity);
    if (identity !== undefined) this.report.count(identity.accountId);
  }

  /** Who guesses keys uses up the requests of an address without credentials, whatever the path. */
  private async tokenFor(key: string, request: FastifyRequest, reply: FastifyReply): Promise<string> {
    try {
      return (await this.keys.exchange(key, this.addressOf(request))).token;
    } catch (error) {
      if (isProblem(error) && error.status === 401) await this.limits.take(request, reply, undefined);
      throw error;
    }
  }

  private addressOf(request: FastifyRequest): string {
    return clientAddress(request, this.settings.trustedProxies);
  }

  /** Whose token it is; undefined for one that the service behind will refuse. */
  private async identityOf(token: string): Promise<CallerIdentity | undefined> {
    try {
      return (this.tokens.find(token) ?? (await this.tokens.check(token))).identity;
    } catch (error) {
      if (isProblem(error) && error.status === 401) return undefined;
      throw error;
    }
  }
}
