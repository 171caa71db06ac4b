import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { logger } from '#telemetry';
import { providersWhere, type Readiness } from './health.js';
import type { UnusedConnections } from './unused-connections.js';

/**
 * Work of a service that must end before its connections close: consumers, relays, pollers. Any provider with this
 * method is called when the process stops, while HTTP still answers.
 */
export interface StopsWork {
  /** Takes no new work, finishes or hands back what is under way, then resolves. */
  stopWork(): Promise<void>;
}

function stopsWork(candidate: unknown): candidate is StopsWork {
  return (
    typeof candidate === 'object' &&
    candidate !== null &&
    'stopWork' in candidate &&
    typeof candidate.stopWork === 'function'
  );
}

async function endWork(app: INestApplication): Promise<void> {
  const results = await Promise.allSettled(providersWhere(app, stopsWork).map(async (provider) => provider.stopWork()));
  for (const result of results) {
    if (result.status === 'rejected') logger.error({ err: result.reason as unknown }, 'work did not end cleanly');
  }
}

/** Waits for `work`, but no longer than the time says; what it was doing then is left to whoever takes over. */
async function within(limitMs: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      logger.warn({ limit_ms: limitMs }, 'work did not end in time, the connections are closed without it');
      resolve();
    }, limitMs);
  });
  await Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

/** What closing the servers and connections may take of the time to stop. */
const CLOSING_MS = 3000;

/** Connections that fall idle after the server has closed would keep it open for their keep-alive time. */
function keepClosingIdle(server: Server, unused: UnusedConnections): NodeJS.Timeout {
  return setInterval(() => {
    server.closeIdleConnections();
    unused.close();
  }, 100).unref();
}

/**
 * Stops a service in the order that loses nothing: not ready, work ended, HTTP and questions closed, connections
 * closed. What is still open when the time is over is cut.
 */
export async function stopInOrder(
  app: INestApplication,
  readiness: Readiness,
  unused: UnusedConnections,
  limitMs: number,
): Promise<void> {
  const server = app.getHttpServer() as Server;
  readiness.stop();
  const idle = keepClosingIdle(server, unused);
  const cut = setTimeout(() => {
    logger.warn('the time to stop is over, open connections are cut');
    server.closeAllConnections();
  }, limitMs).unref();
  try {
    await within(Math.max(limitMs - CLOSING_MS, limitMs / 2), endWork(app));
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(cut);
  }
}
