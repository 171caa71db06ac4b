import { Agent, errors, Pool, type Dispatcher } from 'undici';
import { buildRequest } from './build-request.js';
import { Deadline } from './deadline.js';
import { HttpFailure, isHttpFailure } from './http-failure.js';
import type { HttpRequest, HttpRequester, HttpResponse } from './http-message.js';
import { ReceivedResponse } from './received-response.js';
import { discardBody, readBody } from './read-body.js';
import { markSent, SendMark } from './send-mark.js';

export interface HttpClientOptions {
  /** Sockets per origin. */
  connections?: number;
  connectTimeoutMs?: number;
  /** From the last byte sent to the answer's headers. */
  headersTimeoutMs?: number;
  /** Between two pieces of the answer's body. */
  bodyTimeoutMs?: number;
  /** Whole exchange, unless the request says otherwise. */
  timeoutMs?: number;
  maxResponseBytes?: number;
  keepAliveMs?: number;
  userAgent?: string;
  /** How the sockets of one origin find their address; the system's resolver when absent. */
  lookupFor?: (origin: URL) => LookupFunction;
}

export type LookupFunction = NonNullable<import('node:net').TcpSocketConnectOpts['lookup']>;

export const HTTP_DEFAULTS = {
  connections: 64,
  connectTimeoutMs: 5_000,
  headersTimeoutMs: 30_000,
  bodyTimeoutMs: 30_000,
  timeoutMs: 30_000,
  maxResponseBytes: 5 * 1024 * 1024,
  keepAliveMs: 30_000,
  userAgent: 'MyFusionHelper/1.0',
} as const;

/**
 * HTTP client for addresses that the operator configured. One pool per origin, time limits per phase and in total,
 * bounded bodies. It follows no redirects and throws nothing but `HttpFailure`.
 */
export class HttpClient implements HttpRequester {
  readonly #options: HttpClientOptions & typeof HTTP_DEFAULTS;
  readonly #agent: Agent;
  readonly #dispatcher: Dispatcher;

  constructor(options: HttpClientOptions = {}) {
    this.#options = { ...HTTP_DEFAULTS, ...options } as HttpClientOptions & typeof HTTP_DEFAULTS;
    const { lookupFor, connectTimeoutMs } = this.#options;
    this.#agent = new Agent({
      connections: this.#options.connections,
      headersTimeout: this.#options.headersTimeoutMs,
      bodyTimeout: this.#options.bodyTimeoutMs,
      keepAliveTimeout: this.#options.keepAliveMs,
      allowH2: false,
      factory: (origin, pool) =>
        new Pool(origin, {
          ...pool,
          connect: {
            timeout: connectTimeoutMs,
            ...(lookupFor === undefined ? {} : { lookup: lookupFor(new URL(origin)) }),
          },
        }),
    });
    this.#dispatcher = this.#agent.compose(markSent);
  }

  async request(request: HttpRequest): Promise<HttpResponse> {
    const deadline = new Deadline(request.timeoutMs ?? this.#options.timeoutMs, request.signal);
    try {
      return await this.requestWithin(request, deadline);
    } finally {
      deadline.release();
    }
  }

  /** As `request`, for callers that make several requests under one deadline. */
  async requestWithin(request: HttpRequest, deadline: Deadline): Promise<HttpResponse> {
    const { url, headers, body } = buildRequest(request, this.#options.userAgent);
    const mark = new SendMark();
    try {
      const answer = await deadline.within(
        this.#dispatcher.request({
          origin: url.origin,
          path: url.pathname + url.search,
          method: request.method,
          headers,
          body: body ?? null,
          signal: deadline.signal,
          opaque: mark,
        }),
        (late) => discardBody(late.body),
      );
      const bytes = await readBody(
        answer.body,
        singleValue(answer.headers['content-encoding']),
        request.maxResponseBytes ?? this.#options.maxResponseBytes,
      );
      return new ReceivedResponse(answer.statusCode, joinedHeaders(answer.headers), url.href, bytes);
    } catch (error) {
      throw asHttpFailure(error, url, mark.sent, deadline);
    }
  }

  /** Waits for requests under way and closes every socket. */
  close(): Promise<void> {
    return this.#agent.close();
  }
}

function singleValue(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}

function joinedHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) joined[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return joined;
}

const TIMEOUT_CODES: Record<string, string> = {
  UND_ERR_CONNECT_TIMEOUT: 'No connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'No answer in time',
  UND_ERR_BODY_TIMEOUT: 'The answer stopped in the middle',
};

function asHttpFailure(error: unknown, url: URL, sent: boolean, deadline: Deadline): HttpFailure {
  const ended = deadline.failure;
  if (ended !== undefined) return new HttpFailure(ended.kind, `${ended.message} (${url.origin})`, sent);
  if (isHttpFailure(error)) return error;
  const code = errorCode(error);
  const timeout = TIMEOUT_CODES[code];
  if (timeout !== undefined) return new HttpFailure('timeout', `${timeout} (${url.origin})`, sent, error);
  if (code === 'UND_ERR_INVALID_ARG')
    return new HttpFailure('invalid_request', 'The request cannot be sent', false, error);
  // The parser's error quotes what it could not read: it is not passed on as the cause.
  if (error instanceof errors.HTTPParserError) {
    return new HttpFailure('invalid_answer', `Not an HTTP answer (${url.origin})`, sent);
  }
  return new HttpFailure('network', `No answer from ${url.origin}${code === '' ? '' : ` (${code})`}`, sent, error);
}

function errorCode(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0]);
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}
