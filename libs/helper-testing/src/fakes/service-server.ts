import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HelperFailure, type HelperHttp, type HelperHttpRequest, type HelperHttpResponse } from '#helpers';

/** A request as it arrived at a fake of a service. */
export interface ServiceRequest {
  method: string;
  /** The host that was asked for; one server stands for all of them. */
  host: string;
  /** As sent, with its escapes. */
  path: string;
  query: Record<string, string>;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

/** What a fake answers: an object is sent as JSON. */
export interface ServiceAnswerGiven {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

const HOST_HEADER = 'x-asked-host';

async function received(message: IncomingMessage): Promise<ServiceRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const url = new URL(message.url ?? '/', 'http://localhost');
  const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
  return {
    method: message.method ?? '',
    host: headers[HOST_HEADER] ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers,
    body: Buffer.concat(chunks).toString(),
  };
}

/** A real HTTP server that plays a service, and an HTTP port whose every request ends there. */
export class ServiceServer {
  readonly requests: ServiceRequest[] = [];
  readonly http: HelperHttp;
  readonly #server: Server;
  #port = 0;

  private constructor(server: Server) {
    this.#server = server;
    this.http = { request: (request) => this.#send(request) };
  }

  static async start(respond: (request: ServiceRequest) => ServiceAnswerGiven): Promise<ServiceServer> {
    const server = createServer();
    const fake = new ServiceServer(server);
    server.on('request', (message, response) => {
      received(message)
        .then((request) => {
          fake.requests.push(request);
          const { status = 200, headers = {}, body = '' } = respond(request);
          response.writeHead(status, { 'content-type': 'application/json', ...headers });
          response.end(typeof body === 'string' ? body : JSON.stringify(body));
        })
        .catch((error: unknown) => response.destroy(error as Error));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    fake.#port = (server.address() as AddressInfo).port;
    return fake;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #send({ method, url, headers = {}, body, timeoutMs }: HelperHttpRequest): Promise<HelperHttpResponse> {
    const asked = new URL(url);
    try {
      const response = await fetch(`http://127.0.0.1:${this.#port}${asked.pathname}${asked.search}`, {
        method,
        headers: { ...headers, [HOST_HEADER]: asked.host },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : Buffer.from(body) }),
        ...(timeoutMs === undefined ? {} : { signal: AbortSignal.timeout(timeoutMs) }),
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      const text = Buffer.from(bytes).toString();
      return { status: response.status, headers: Object.fromEntries(response.headers), text, bytes };
    } catch (error) {
      const timedOut = error instanceof Error && error.name === 'TimeoutError';
      throw new HelperFailure(timedOut ? 'request_timeout' : 'network_error', 'retry', String(error), { cause: error });
    }
  }
}
