import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { mergeOpenApi } from '#api-docs';
import { healthRoutes, openApiDocument, routesIn, type OpenApiDocument } from '#service-defaults';
import { logger } from '#telemetry';
import { ServiceHttp } from '../check-services/service-http.js';
import { UPSTREAMS, type Upstream } from '../forward-requests/routed-prefixes.js';
import { GatewaySettings } from '../settings.js';
import { HEALTH_PATHS } from './health-paths.js';
import { WEBHOOK_ROUTES } from './webhook-routes.js';

const KEPT_MS = 5_000;
const MOST_BYTES = 4 * 1024 * 1024;
export const API_VERSION = process.env['MFH_VERSION'] ?? '0.1.0';

/** The OpenAPI document of the whole product: each service's own, and the gateway's. */
@Injectable()
export class ApiDocument {
  private readonly parts = new Map<Upstream, OpenApiDocument>();
  private merged: Promise<OpenApiDocument> | undefined;
  private until = 0;

  constructor(
    private readonly http: ServiceHttp,
    private readonly settings: GatewaySettings,
    private readonly modules: ModulesContainer,
  ) {}

  /** At most a few seconds old. A service that does not answer keeps the part it had. */
  current(): Promise<OpenApiDocument> {
    if (this.merged === undefined || Date.now() >= this.until) {
      this.until = Date.now() + KEPT_MS;
      this.merged = this.merge();
    }
    return this.merged;
  }

  private async merge(): Promise<OpenApiDocument> {
    await Promise.all(UPSTREAMS.map((service) => this.read(service)));
    const own = openApiDocument('gateway', API_VERSION, [
      ...routesIn(this.modules),
      ...healthRoutes(HEALTH_PATHS),
      ...WEBHOOK_ROUTES,
    ]);
    const services = UPSTREAMS.flatMap((service) => {
      const document = this.parts.get(service);
      return document === undefined ? [] : [{ service, document }];
    });
    return mergeOpenApi([{ service: 'gateway', document: own }, ...services], API_VERSION);
  }

  private async read(service: Upstream): Promise<void> {
    const url = `${this.settings.upstreams[service]}/internal/openapi.json`;
    try {
      const answer = await this.http.request({ method: 'GET', url, maxResponseBytes: MOST_BYTES });
      if (answer.status !== 200) throw new Error(`${service} answered ${answer.status}`);
      this.parts.set(service, answer.json() as OpenApiDocument);
    } catch (error) {
      logger.warn({ err: error, service }, 'a service did not say what its routes are');
    }
  }
}
