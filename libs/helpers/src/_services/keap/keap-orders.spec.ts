import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { VectorCase, World } from '#helper-testing';
import type { HelperHttp } from '../../_kit/ports.js';
import type { ServiceConnections } from '../../_kit/service-connections.js';
import { openKeapOrders, type KeapOrder } from './keap-orders.js';

interface Received {
  method: string | undefined;
  path: string | undefined;
  authorization: string | undefined;
  body: unknown;
}

const servers: (() => void)[] = [];
afterEach(() => servers.splice(0).forEach((close) => close()));

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString());
}

/** Keap's order interface: it insists on the parts that the vendor demands. */
async function keap(answers: (body: Record<string, unknown>) => [status: number, body: object]) {
  const received: Received[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    received.push({ method: request.method, path: request.url, authorization: request.headers.authorization, body });
    const [status, answered] = answers(body as Record<string, unknown>);
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answered));
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(() => void server.close());
  return { received, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Real requests; the guard against private addresses is the runner's. */
const http: HelperHttp = {
  async request({ method, url, headers, body }) {
    const answer = await fetch(url, {
      method,
      ...(headers === undefined ? {} : { headers }),
      ...(typeof body === 'string' ? { body } : {}),
    });
    const text = await answer.text();
    return { status: answer.status, headers: Object.fromEntries(answer.headers), text, bytes: Buffer.from(text) };
  },
};

function contextOf(baseUrl: string) {
  const { ports } = new World(VectorCase.parse({ id: 'x', type: 'order_it', config: {}, expect: {} }));
  const asked: (string | undefined)[] = [];
  const services: ServiceConnections = {
    connection: (_slug, connectionId) => {
      asked.push(connectionId);
      return Promise.resolve({ accessToken: 'old', baseUrl });
    },
    renewed: () => Promise.resolve({ accessToken: 'new', baseUrl }),
  };
  return { ...ports, http, services, asked };
}

const order: KeapOrder = {
  contactId: 42,
  productId: 11,
  quantity: 2,
  promoCodes: ['SPRING'],
  title: 'Book',
  type: 'Online',
  date: new Date('2026-01-15T12:00:00.500Z'),
};

const REQUIRED = ['contact_id', 'order_title', 'order_type', 'order_date', 'order_items'];
const accepting = (body: Record<string, unknown>): [number, object] =>
  REQUIRED.every((part) => part in body) ? [201, { id: 900 }] : [400, { message: 'incomplete' }];

test('orders with everything that Keap demands, by the first version, with the connection of the helper', async () => {
  const { received, origin } = await keap(accepting);
  const context = contextOf(`${origin}/crm/rest/v2`);
  const orders = await openKeapOrders(context, 'connection:own');
  expect(await orders.create(order)).toBe('900');
  expect(context.asked).toContain('connection:own');
  expect(received).toEqual([
    {
      method: 'POST',
      path: '/crm/rest/v1/orders',
      authorization: 'Bearer old',
      body: {
        contact_id: 42,
        order_title: 'Book',
        order_type: 'Online',
        order_date: '2026-01-15T12:00:00Z',
        order_items: [{ product_id: 11, quantity: 2 }],
        promo_codes: ['SPRING'],
      },
    },
  ]);
});

test('a token that has ended is renewed once', async () => {
  let refused = 0;
  const { received, origin } = await keap(() => {
    refused += 1;
    return refused === 1 ? [401, {}] : [200, { order_id: 7 }];
  });
  const orders = await openKeapOrders(contextOf(`${origin}/v1/`), undefined);
  expect(await orders.create(order)).toBe('7');
  expect(received.map(({ authorization }) => authorization)).toEqual(['Bearer old', 'Bearer new']);
});

test.each([
  [400, 'give_up'],
  [429, 'retry'],
  [503, 'retry'],
])('an answer of %p is a failure to %s', async (status, failureClass) => {
  const { origin } = await keap(() => [status, {}]);
  const orders = await openKeapOrders(contextOf(origin), undefined);
  await expect(orders.create(order)).rejects.toMatchObject({ code: 'upstream_error', failureClass, nothingDone: true });
});
