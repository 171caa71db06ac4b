import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that systems give to whoever asks for any. */
const FIRST = 12_000;
const SHARE = 2_000;
const SHARES = 10;

/** Suites that run side by side have shares of their own: a port that one has been told is not told to another. */
const share = FIRST + (Number(process.env['JEST_WORKER_ID'] ?? 0) % SHARES) * SHARE;
let asked = randomInt(SHARE);

/** A loopback port that nobody listens on at this moment, and that this process is not told again soon. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < SHARE; tries += 1) {
    asked += 1;
    const port = share + (asked % SHARE);
    if (await isFree(port)) return port;
  }
  throw new Error(`No port from ${share} to ${share + SHARE - 1} is free`);
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
