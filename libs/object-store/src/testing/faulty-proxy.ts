import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong with a request. */
export type Fault =
  /** It is refused as by a server that has too much to do. */
  | 'busy'
  /** The connection ends in the middle of the request's body. */
  | 'cut-upload'
  /** The connection ends in the middle of the answer's body. */
  | 'cut-download'
  /** One byte of the answer's body is another one. */
  | 'flip'
  /** Nothing is answered. */
  | 'silence';

export interface FaultyProxy {
  url: string;
  /** Requests so far. */
  requests: { method: string; path: string }[];
  /** Decides for each request what goes wrong, if anything. */
  fault: (method: string, path: string) => Fault | undefined;
  close(): Promise<void>;
}

const MIDDLE_BYTES = 1_000;

/** Stands between a client and a server, and breaks what it is told to break. */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const server: Server = createServer((incoming, answer) => {
    const { method = '', url: path = '' } = incoming;
    proxy.requests.push({ method, path });
    void passOn(incoming, answer, new URL(path, target), proxy.fault(method, path));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const proxy: FaultyProxy = {
    url: `http://127.0.0.1:${port}`,
    requests: [],
    fault: () => undefined,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function passOn(incoming: IncomingMessage, answer: ServerResponse, to: URL, fault?: Fault): Promise<void> {
  if (fault === 'silence') return;
  if (fault === 'busy') {
    incoming.resume();
    answer.writeHead(503).end();
    return;
  }
  const outgoing = forward(to, { method: incoming.method ?? 'GET', headers: incoming.headers, setHost: false });
  outgoing.once('error', () => answer.destroy());
  outgoing.once('response', (response) => void passBack(response, answer, fault));
  if (fault !== 'cut-upload') {
    incoming.pipe(outgoing);
    return;
  }
  const body = await bodyOf(incoming);
  outgoing.write(body.subarray(0, MIDDLE_BYTES));
  outgoing.destroy();
}

async function passBack(response: IncomingMessage, answer: ServerResponse, fault?: Fault): Promise<void> {
  answer.writeHead(response.statusCode ?? 502, response.headers);
  if (fault === undefined) {
    response.pipe(answer);
    return;
  }
  const body = await bodyOf(response);
  if (fault === 'flip') body.writeUInt8(body.readUInt8(0) ^ 1, 0);
  if (fault !== 'cut-download') {
    answer.end(body);
    return;
  }
  answer.write(body.subarray(0, MIDDLE_BYTES), () => answer.destroy());
}
