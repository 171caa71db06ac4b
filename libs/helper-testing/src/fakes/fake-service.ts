import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { HelperHttp, HelperHttpRequest, HelperHttpResponse } from '#helpers';

/** A request as it arrived at the server. */
export interface ArrivedRequest {
  method: string;
  /** Where the client meant to send it: `https://api.vendor.example`. */
  origin: string;
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface FakeAnswer {
  /** 200 when left out. */
  status?: number;
  headers?: Record<string, string>;
  /** An object stands for its JSON text. */
  body?: unknown;
}

const MEANT_FOR = 'x-meant-for';

/**
 * A vendor's service on this machine, spoken to over real HTTP. Clients use the vendor's own addresses; the port given
 * here brings them to the server.
 */
export class FakeService {
  readonly arrived: ArrivedRequest[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param respond answers as the vendor does */
  static async start(respond: (request: ArrivedRequest) => FakeAnswer): Promise<FakeService> {
    const server = createServer();
    const service = new FakeService(server);
    server.on('request', (message, response) => {
      read(message)
        .then((request) => {
          service.arrived.push(request);
          const { status = 200, headers = {}, body = '' } = respond(request);
          response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
        })
        .catch((error: unknown) => response.destroy(error as Error));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  /** The port that helpers are given. */
  get http(): HelperHttp {
    return { request: (request) => this.#send(request) };
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #send({ method, url, headers, body }: HelperHttpRequest): Promise<HelperHttpResponse> {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The service is not listening');
    const { origin, pathname, search } = new URL(url);
    const response = await fetch(`http://127.0.0.1:${address.port}${pathname}${search}`, {
      method,
      headers: { ...headers, [MEANT_FOR]: origin },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : Buffer.from(body) }),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = Buffer.from(bytes).toString('utf8');
    return { status: response.status, headers: Object.fromEntries(response.headers), text, bytes };
  }
}

async function read(message: IncomingMessage): Promise<ArrivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const { pathname, searchParams } = new URL(message.url ?? '/', 'http://localhost');
  const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
  return {
    method: message.method ?? '',
    origin: headers[MEANT_FOR] ?? '',
    path: pathname,
    query: searchParams,
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
