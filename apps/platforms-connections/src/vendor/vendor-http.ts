import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { connectorHttp, ConnectorsConfig } from '#connectors';
import type { HttpRequest, HttpRequester, HttpResponse } from '#http';
import { loadConfig } from '#service-defaults';

/**
 * The client for everything that is asked of vendors. It is guarded, because customers name some vendors' addresses
 * themselves; the one private address it reaches is the demo CRM's.
 */
@Injectable()
export class VendorHttp implements HttpRequester, OnApplicationShutdown {
  readonly #client = connectorHttp(loadConfig(ConnectorsConfig));

  request(request: HttpRequest): Promise<HttpResponse> {
    return this.#client.request(request);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#client.close();
  }
}
