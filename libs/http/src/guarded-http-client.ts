import { AddressPolicy, type AddressPolicyOptions } from './address-policy.js';
import { Deadline } from './deadline.js';
import { guardedLookup, systemResolver, type Resolver } from './guarded-lookup.js';
import { HTTP_DEFAULTS, HttpClient, type HttpClientOptions } from './http-client.js';
import { HttpFailure } from './http-failure.js';
import type { HttpRequest, HttpRequester, HttpResponse } from './http-message.js';

export interface GuardedHttpClientOptions extends AddressPolicyOptions {
  maxRedirects?: number;
  resolver?: Resolver;
  client?: Omit<HttpClientOptions, 'lookupFor'>;
}

const DEFAULT_MAX_REDIRECTS = 3;

/** Headers that a foreign origin may see after a redirect: everything else could be somebody's credential. */
const HARMLESS_HEADERS = new Set(['accept', 'accept-language', 'content-type', 'user-agent']);

/** Headers that say how the bytes travel or where to: ours to set, never the caller's. */
const CONNECTION_HEADERS = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * HTTP client for addresses that a user can influence. It reaches public unicast addresses only: a literal host is
 * checked first, then every address a name resolves to, and the socket connects to a checked one. Each of at most
 * three redirects is checked anew and loses the caller's headers when it leaves the origin.
 */
export class GuardedHttpClient implements HttpRequester {
  readonly #policy: AddressPolicy;
  readonly #client: HttpClient;
  readonly #maxRedirects: number;
  readonly #timeoutMs: number;

  constructor(options: GuardedHttpClientOptions) {
    const policy = new AddressPolicy(options);
    const resolver = options.resolver ?? systemResolver;
    this.#policy = policy;
    this.#maxRedirects = options.maxRedirects ?? DEFAULT_MAX_REDIRECTS;
    this.#timeoutMs = options.client?.timeoutMs ?? HTTP_DEFAULTS.timeoutMs;
    this.#client = new HttpClient({
      ...options.client,
      lookupFor: (origin) => guardedLookup(origin, policy, resolver),
    });
  }

  async request(request: HttpRequest): Promise<HttpResponse> {
    const deadline = new Deadline(request.timeoutMs ?? this.#timeoutMs, request.signal);
    try {
      return await this.#follow({ ...request, headers: withoutConnectionHeaders(request.headers) }, deadline);
    } finally {
      deadline.release();
    }
  }

  /** Waits for requests under way and closes every socket. */
  close(): Promise<void> {
    return this.#client.close();
  }

  async #follow(request: HttpRequest, deadline: Deadline): Promise<HttpResponse> {
    let current = request;
    for (let redirects = 0; ; redirects += 1) {
      this.#check(current.url, redirects > 0);
      const response = await this.#client.requestWithin(current, deadline);
      const target = redirectTarget(response);
      if (target === undefined) return response;
      if (redirects === this.#maxRedirects) {
        throw new HttpFailure('too_many_redirects', `More than ${this.#maxRedirects} redirects`, true);
      }
      current = redirected(current, response, target);
    }
  }

  /** A redirect that is refused comes after a request that was sent. */
  #check(text: string, afterRedirect: boolean): void {
    const url = URL.parse(text);
    if (url === null) throw new HttpFailure('invalid_request', 'The address is not a valid URL', afterRedirect);
    try {
      this.#policy.checkUrl(url);
    } catch (error) {
      if (!afterRedirect || !(error instanceof HttpFailure)) throw error;
      throw new HttpFailure(error.kind, error.message, true);
    }
  }
}

function withoutConnectionHeaders(headers: Record<string, string> | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers ?? {})
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => !CONNECTION_HEADERS.has(name)),
  );
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

function redirectTarget(response: HttpResponse): string | undefined {
  const location = response.headers.location;
  if (!REDIRECTS.has(response.status) || location === undefined) return undefined;
  const target = URL.parse(location, response.url);
  if (target === null) throw new HttpFailure('invalid_answer', 'The redirect has no valid target', true);
  return target.href;
}

/** The next request: 303 asks with GET, 301 and 302 turn a POST into GET as browsers do, 307 and 308 repeat all. */
function redirected(request: HttpRequest, response: HttpResponse, target: string): HttpRequest {
  const { status } = response;
  const becomesGet =
    (status === 303 && request.method !== 'HEAD') || ((status === 301 || status === 302) && request.method === 'POST');
  const leavesOrigin = new URL(response.url).origin !== new URL(target).origin;
  const headers = Object.fromEntries(
    Object.entries(request.headers ?? {}).filter(
      ([name]) => (!leavesOrigin || HARMLESS_HEADERS.has(name)) && !(becomesGet && name.startsWith('content-')),
    ),
  );
  const { method, body, json, form, maxResponseBytes, signal } = request;
  return {
    url: target,
    headers,
    signal,
    ...(maxResponseBytes === undefined ? {} : { maxResponseBytes }),
    ...(becomesGet
      ? { method: 'GET' }
      : {
          method,
          ...(body === undefined ? {} : { body }),
          ...(json === undefined ? {} : { json }),
          ...(form === undefined ? {} : { form }),
        }),
  };
}
