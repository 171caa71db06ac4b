import { HelperFailure, type HelperHttp, type ServiceConnections, type ServiceCredentials } from '#helpers';
import type { CaseService, Exchange } from '../vector-case.js';

const TOKEN_URL = 'https://www.googleapis.com/oauth2/v4/token';
const TOKEN_TIMEOUT_MS = 30_000;

const toCredentials = (service: CaseService): ServiceCredentials => ({
  ...(service.access_token === undefined ? {} : { accessToken: service.access_token }),
  ...(service.api_key === undefined ? {} : { apiKey: service.api_key }),
  ...(service.api_secret === undefined ? {} : { apiSecret: service.api_secret }),
  ...(service.base_url === undefined ? {} : { baseUrl: service.base_url }),
  ...(service.account_id === undefined ? {} : { accountId: service.account_id }),
});

/**
 * The loaded service connections of a case. One with nothing but a refresh token is refreshed before its first use,
 * as the service that owns connections does it.
 */
export class MemoryServices implements ServiceConnections {
  readonly #services: Readonly<Record<string, CaseService>>;
  readonly #http: HelperHttp;
  readonly #refreshIsScripted: boolean;
  #token: string | undefined;

  /** @param script what the case says about HTTP; a refresh that is not in it succeeds unseen */
  constructor(services: Readonly<Record<string, CaseService>>, http: HelperHttp, script: readonly Exchange[]) {
    this.#services = services;
    this.#http = http;
    this.#refreshIsScripted = script.some(({ request }) => request['url'] === TOKEN_URL);
  }

  async connection(slug: string): Promise<ServiceCredentials> {
    const service = this.#services[slug];
    if (service === undefined) {
      throw new HelperFailure('service_not_connected', 'give_up', `Connect ${slug} and choose it in this helper.`);
    }
    if (service.refresh_token !== undefined && service.access_token === undefined) {
      this.#token ??= this.#refreshIsScripted ? await this.#exchange(service.refresh_token) : 'at';
      return { ...toCredentials(service), accessToken: this.#token };
    }
    return toCredentials(service);
  }

  renewed(slug: string): Promise<ServiceCredentials | null> {
    const service = this.#services[slug];
    if (service?.renewed_access_token === undefined) return Promise.resolve(null);
    return Promise.resolve({ ...toCredentials(service), accessToken: service.renewed_access_token });
  }

  async #exchange(refreshToken: string): Promise<string> {
    const form = {
      client_id: 'client',
      client_secret: 'client-secret',
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    };
    const { status, text } = await this.#http.request({
      method: 'POST',
      url: TOKEN_URL,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
      timeoutMs: TOKEN_TIMEOUT_MS,
    });
    if (status !== 200) throw new HelperFailure('upstream_error', 'give_up', 'The connection must be reconnected.');
    return (JSON.parse(text) as { access_token: string }).access_token;
  }
}
