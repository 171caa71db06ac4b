import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { HttpClient } from './http-client.js';
import type { HttpFailure } from './http-failure.js';
import { answeringServer, type AnsweringServer } from './testing/answering-server.js';

let server: AnsweringServer;
let answer: (response: ServerResponse) => void;
const client = new HttpClient({ connections: 4, connectTimeoutMs: 500 });

beforeAll(async () => {
  server = await answeringServer((_request, response) => answer(response));
});

afterEach(() => {
  server.requests.length = 0;
});

afterAll(async () => {
  await client.close();
  await server.stop();
});

const get = (extra: { timeoutMs?: number; maxResponseBytes?: number; signal?: AbortSignal } = {}) =>
  client.request({ method: 'GET', url: `${server.origin}/secret-path?token=s3cret`, ...extra });

const failureOf = async (work: Promise<unknown>): Promise<HttpFailure> =>
  work.then(
    () => {
      throw new Error('expected a failure');
    },
    (error: unknown) => error as HttpFailure,
  );

it('sends method, query, headers and a JSON body, and reads the answer', async () => {
  answer = (response) => response.writeHead(201, { 'content-type': 'application/json' }).end('{"ok":true}');
  const response = await client.request({
    method: 'POST',
    url: `${server.origin}/things?a=1`,
    query: { b: 'x y', left: undefined, c: 3 },
    headers: { 'X-Custom': 'yes' },
    json: { name: 'Ada' },
  });

  expect(response.status).toBe(201);
  expect(response.json()).toEqual({ ok: true });
  expect(server.requests[0]).toMatchObject({ method: 'POST', url: '/things?a=1&b=x+y&c=3', body: '{"name":"Ada"}' });
  expect(server.requests[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'x-custom': 'yes' });
});

it('sends forms', async () => {
  answer = (response) => response.end();
  await client.request({ method: 'POST', url: server.origin, form: { grant_type: 'x', code: 'a b&c' } });
  expect(server.requests[0]?.body).toBe('grant_type=x&code=a+b%26c');
  expect(server.requests[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
});

it('takes an error status for an answer, not for a failure', async () => {
  answer = (response) => response.writeHead(503, { 'retry-after': '7' }).end('busy');
  const response = await get();
  expect([response.status, response.headers['retry-after'], response.text()]).toEqual([503, '7', 'busy']);
});

it('follows no redirect', async () => {
  answer = (response) => response.writeHead(302, { location: '/elsewhere' }).end();
  expect((await get()).status).toBe(302);
  expect(server.requests).toHaveLength(1);
});

it.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
])('reads %s', async (encoding, compress) => {
  answer = (response) => response.writeHead(200, { 'content-encoding': encoding }).end(compress('{"a":"ü"}'));
  expect((await get()).json()).toEqual({ a: 'ü' });
});

it.each([
  ['declared', (response: ServerResponse) => response.writeHead(200).end('x'.repeat(2_000))],
  [
    'in pieces',
    (response: ServerResponse) => {
      for (let piece = 0; piece < 20; piece += 1) response.write('x'.repeat(100));
      response.end();
    },
  ],
  [
    'compressed to almost nothing',
    (response: ServerResponse) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(20_000_000))),
  ],
  [
    'compressed twice as large on the wire',
    (response: ServerResponse) =>
      response
        .writeHead(200, { 'content-encoding': 'br' })
        .end(brotliCompressSync(Buffer.from(Array.from({ length: 5_000 }, () => Math.random()).join('')))),
  ],
])('refuses a body that is too large: %s', async (_name, send) => {
  answer = send;
  const failure = await failureOf(get({ maxResponseBytes: 1_000 }));
  expect(failure).toMatchObject({ name: 'HttpFailure', kind: 'too_large', sent: true });
});

it('accepts a body of exactly the limit', async () => {
  answer = (response) => response.end('x'.repeat(1_000));
  expect((await get({ maxResponseBytes: 1_000 })).bytes).toHaveLength(1_000);
});

it.each([
  ['an unknown encoding', { 'content-encoding': 'rot13' }, 'abc'],
  ['two encodings', { 'content-encoding': 'gzip, gzip' }, gzipSync(gzipSync('abc'))],
  ['an encoding that is none', { 'content-encoding': 'gzip' }, 'abc'],
  ['a torn compressed body', { 'content-encoding': 'gzip' }, gzipSync('x'.repeat(5_000)).subarray(0, 30)],
])('calls %s an invalid answer', async (_name, headers, body) => {
  answer = (response) => response.writeHead(200, headers).end(body);
  expect(await failureOf(get())).toMatchObject({ kind: 'invalid_answer', sent: true });
});

it('types JSON that is none and does not quote it', async () => {
  answer = (response) => response.end('{"email":"ada@example.com"');
  const response = await get();
  expect(() => response.json()).toThrow(expect.objectContaining({ kind: 'invalid_json' }));
  expect(() => response.json()).not.toThrow(/ada/);
});

it('ends silence by the total time limit', async () => {
  answer = () => undefined;
  expect(await failureOf(get({ timeoutMs: 50 }))).toMatchObject({ kind: 'timeout', sent: true });
});

it('ends a body that never ends by the total time limit', async () => {
  answer = (response) => {
    response.write('x');
  };
  expect(await failureOf(get({ timeoutMs: 50 }))).toMatchObject({ kind: 'timeout', sent: true });
});

it('ends when the caller ends it, and says that it was the caller', async () => {
  answer = () => undefined;
  const controller = new AbortController();
  const asking = failureOf(get({ signal: controller.signal }));
  while (server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  controller.abort();
  expect(await asking).toMatchObject({ kind: 'aborted', sent: true });
  expect(await failureOf(get({ signal: controller.signal }))).toMatchObject({ kind: 'aborted', sent: false });
});

it('knows that a request which waited in the queue was never sent', async () => {
  const narrow = new HttpClient({ connections: 1 });
  answer = () => undefined;
  const first = failureOf(narrow.request({ method: 'GET', url: server.origin, timeoutMs: 300 }));
  while (server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const second = await failureOf(narrow.request({ method: 'GET', url: server.origin, timeoutMs: 50 }));
  expect(second).toMatchObject({ kind: 'timeout', sent: false });
  expect(await first).toMatchObject({ kind: 'timeout', sent: true });
  expect(server.requests).toHaveLength(1);
  await narrow.close();
});

it('says that nothing was sent when nobody listens', async () => {
  const failure = await failureOf(client.request({ method: 'POST', url: 'http://127.0.0.1:1/x', json: {} }));
  expect(failure).toMatchObject({ kind: 'network', sent: false });
});

it('does not know what became of a request whose connection broke', async () => {
  answer = (response) => response.socket?.destroy();
  expect(await failureOf(get())).toMatchObject({ kind: 'network', sent: true });
});

it('calls an answer that is not HTTP invalid', async () => {
  const raw = createServer((socket) => {
    socket.on('data', () => socket.end('SMTP ready\r\n\r\n'));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve));
  const { port } = raw.address() as AddressInfo;
  const failure = await failureOf(client.request({ method: 'GET', url: `http://127.0.0.1:${port}/` }));
  expect(failure).toMatchObject({ kind: 'invalid_answer' });
  await new Promise((resolve) => raw.close(resolve));
});

it.each(['ftp://example.com/', 'not a url', '', 'file:///etc/passwd', 'javascript:alert(1)'])(
  'refuses to call %j',
  async (url) => {
    expect(await failureOf(client.request({ method: 'GET', url }))).toMatchObject({
      kind: 'invalid_request',
      sent: false,
    });
  },
);

it('refuses headers that would break the request', async () => {
  const failure = await failureOf(
    client.request({ method: 'GET', url: server.origin, headers: { 'x-a': 'b\r\nx-c: d' } }),
  );
  expect(failure).toMatchObject({ kind: 'invalid_request', sent: false });
});

it('never names path, query or body in a message', async () => {
  answer = (response) => response.socket?.destroy();
  const { message } = await failureOf(get());
  expect(message).not.toMatch(/secret|s3cret/);
  expect(message).toContain(server.origin);
});

it('frees its listeners on the caller’s signal', async () => {
  answer = (response) => response.end('ok');
  const controller = new AbortController();
  let listeners = 0;
  const { signal } = controller;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners += 1;
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners -= 1;
    remove(...args);
  };
  for (let time = 0; time < 5; time += 1) await get({ signal });
  expect(listeners).toBe(0);
});
