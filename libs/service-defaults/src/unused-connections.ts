import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/** A client that has connected sends its request at once; what is silent for longer was opened in advance. */
const SILENT_MS = 500;

/**
 * Knows the connections that have not carried a request yet. Browsers and HTTP clients open such ones in advance, and
 * Node counts them as busy: `closeIdleConnections` leaves them, and one of them would hold up a stop to its very end.
 */
export class UnusedConnections {
  readonly #since = new Map<Socket, number>();

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.#since.set(socket, performance.now());
      socket.once('close', () => this.#since.delete(socket));
    });
    server.on('request', (request: IncomingMessage) => this.#since.delete(request.socket));
  }

  /** Closes those that have been silent for half a second. */
  close(): void {
    const latest = performance.now() - SILENT_MS;
    for (const [socket, since] of this.#since) if (since <= latest) socket.destroy();
  }
}
