import { expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { RouteTable } from './route-table.js';

function tableOf(routes: Record<string, string[]>): RouteTable {
  const table = new RouteTable();
  const server = fastify();
  table.watch(server);
  for (const [url, method] of Object.entries(routes)) server.route({ url, method, handler: () => 'ok' });
  return table;
}

const table = tableOf({
  '/keys': ['GET', 'POST'],
  '/keys/health': ['GET'],
  '/keys/:id': ['PUT', 'DELETE'],
  '/keys/:id/rotate': ['POST'],
  '/keys/:id/:part': ['GET'],
  '/runs/*': ['GET', 'POST', 'DELETE'],
  '/runs/stream/ticket': ['POST'],
});

it.each([
  ['/keys', 'GET, HEAD, POST'],
  ['/keys/', 'GET, HEAD, POST'],
  ['/keys/1', 'DELETE, PUT'],
  ['/keys/health', 'GET, HEAD'],
  ['/keys/1/rotate', 'POST'],
  ['/keys/1/other', 'GET, HEAD'],
  ['/runs/stream/ticket', 'POST'],
  ['/runs/stream/other', 'DELETE, GET, HEAD, POST'],
  ['/nothing', ''],
])('%s has the methods of its closest address: %s', (path, methods) => {
  expect(table.methodsOf(path).join(', ')).toBe(methods);
});

it.each([
  ['/keys/:id', '/keys/health', true],
  ['/keys/:id', '/keys/1', false],
  ['/keys/:id/:part', '/keys/1/rotate', true],
  ['/runs/*', '/runs/stream/ticket', true],
  ['/runs/*', '/runs/stream', false],
  ['/keys/health', '/keys/health', false],
])('a request that %s took for %s belongs elsewhere: %s', (url, path, elsewhere) => {
  expect(table.belongsElsewhere(url, path)).toBe(elsewhere);
});
