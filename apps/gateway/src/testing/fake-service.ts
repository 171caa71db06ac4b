import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

type Answering = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const echo: Answering = (_request, response) => {
  response.writeHead(200, {
    'content-type': 'application/json',
    'x-content-type-options': 'nosniff',
    'x-trace-id': 'of the service',
    vary: 'Accept',
    'access-control-allow-origin': 'https://of.the.service',
  });
  response.end(JSON.stringify({ success: true, message: 'OK' }));
};

/** A service behind the gateway: notes what it gets and answers as a test says. */
export class FakeService {
  readonly seen: SeenRequest[] = [];
  answer: Answering = echo;
  /** What it says about its routes. */
  document: unknown = { openapi: '3.1.0', info: {}, paths: {}, components: {} };

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeService> {
    const server = createServer();
    const service = new FakeService(server);
    server.on('request', (request, response) => void service.handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  reset(): void {
    this.seen.length = 0;
    this.answer = echo;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    if (url === '/livez') return void response.end('{}');
    if (url === '/internal/openapi.json') {
      response.setHeader('content-type', 'application/json');
      return void response.end(JSON.stringify(this.document));
    }
    let body = '';
    for await (const piece of request) body += String(piece);
    this.seen.push({ method, url, headers, body });
    this.answer(request, response, body);
  }
}
