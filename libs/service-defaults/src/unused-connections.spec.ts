import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { waitFor } from '#testing';
import { UnusedConnections } from './unused-connections.js';

let server: Server;
let unused: UnusedConnections;
let client: Socket;

beforeEach(async () => {
  server = createServer((_request, response) => response.end('answered'));
  unused = new UnusedConnections(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  await once(client, 'connect');
});
afterEach(() => {
  client.destroy();
  server.close();
});

const silent = () => new Promise((resolve) => setTimeout(resolve, 600));

describe('connections that were opened in advance', () => {
  it('are closed, so that they do not hold up a stop', async () => {
    await silent();
    const ended = once(client, 'close');
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    unused.close();
    await ended;
    await closed;
  });

  it('are left for the moment that a request needs to arrive', async () => {
    unused.close();
    client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    const [answer] = (await once(client, 'data')) as [Buffer];
    expect(answer.toString()).toContain('200 OK');
  });

  it('are left once they have carried a request: closing idle ones is the business of the server', async () => {
    let received = '';
    client.on('data', (chunk: Buffer) => (received += chunk.toString()));
    client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await waitFor(() => received.includes('answered'));
    await silent();
    unused.close();
    client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await waitFor(() => received.split('answered').length === 3);
  });
});
