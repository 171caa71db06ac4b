import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TokenDesk {
  url: string;
  close(): void;
}

/** Hands out tokens over HTTP on the loopback address to the program that makes the requests. */
export async function openTokenDesk(newToken: () => Promise<string>): Promise<TokenDesk> {
  const server = createServer((_request, response) => {
    newToken().then(
      (token) => response.end(token),
      (error: unknown) => {
        console.error(error);
        response.writeHead(500).end();
      },
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.close();
    },
  };
}
