import { KEY, startGateway, type RunningGateway } from '../testing/running-gateway.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { request as httpRequest } from 'node:http';

let running: RunningGateway;
beforeAll(async () => {
  running = await startGateway({ MFH_LIMITS: 'lifted', MFH_CORS_ORIGINS: 'https://app.example.com' });
});
afterEach(() => running.service.reset());
afterAll(async () => running.stop());

const last = () => running.service.seen.at(-1);

describe('forwarding', () => {
  it('puts a token in place of the key, in the header or in the path', async () => {
    await running.call('/helpers/helper:1', { headers: { 'x-api-key': KEY } });
    expect(last()?.headers['x-api-key']).toBeUndefined();
    expect(last()?.headers['x-internal-token']).toMatch(/^eyJ/);
    await running.call(`/helper/${KEY}/abc?contact_id=1`, { method: 'POST' });
    expect(last()?.url).toBe('/helper/key/abc?contact_id=1');
    expect(JSON.stringify(last())).not.toContain(KEY);
  });

  it('refuses an unknown key without asking a service', async () => {
    const answer = await running.call('/helpers', { headers: { 'x-api-key': `mfh_live_${'0'.repeat(64)}` } });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ success: false, code: 'auth.invalid_api_key' });
    expect(running.service.seen).toHaveLength(0);
  });

  it('lets no client say what only the gateway may say', async () => {
    await running.call('/accounts', {
      headers: {
        'x-internal-token': 'forged',
        'x-forwarded-for': '6.6.6.6',
        'x-forwarded-proto': 'https',
        forwarded: 'for=6.6.6.6',
        'x-real-ip': '6.6.6.6',
      },
    });
    expect(last()?.headers).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' });
    expect(JSON.stringify(last()?.headers)).not.toMatch(/6\.6\.6\.6|forged/);
  });

  it('passes on what a linked app shows at the token endpoint, and no such header anywhere else', async () => {
    const headers = { authorization: `Basic ${Buffer.from('speaker:secret').toString('base64')}` };
    await running.call('/oauth/token', { method: 'POST', headers });
    expect(last()?.headers['authorization']).toBe(headers.authorization);
    await running.call('/oauth/authorize', { headers });
    expect(last()?.headers['authorization']).toBeUndefined();
    await running.call('/accounts', { headers });
    expect(last()?.headers['authorization']).toBeUndefined();
  });

  it('continues the trace and says its id once', async () => {
    const trace = 'ab'.repeat(16);
    const answer = await running.call('/accounts', { headers: { traceparent: `00-${trace}-${'cd'.repeat(8)}-01` } });
    expect(last()?.headers['traceparent']).toContain(trace);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('answers 404 for paths that nobody has, and never reaches what is internal', async () => {
    for (const path of ['/nothing', '/internal/x', '/helpers2', '/v1/helpers']) {
      const answer = await running.call(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(await answer.json()).toMatchObject({ success: false, code: 'resource.not_found' });
    }
    for (const path of [
      '/internal/openapi.json',
      '/helpers/../internal/x',
      '/helpers/%2e%2e/internal/x',
      '/helpers/%5c..%5cinternal',
    ]) {
      expect(await rawStatus('GET', path)).toBeGreaterThanOrEqual(400);
    }
    expect(running.service.seen.filter(({ url }) => url.includes('internal'))).toEqual([]);
  });

  it('never reaches what operators ask a service on its own port', async () => {
    for (const path of ['/billing/operator/summary', '/billing/operator', '/billing/%6Fperator/summary?from=x']) {
      const answer = await running.call(path, { headers: { authorization: 'Bearer operators-token' } });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    expect(running.service.seen.filter(({ url }) => url.includes('perator'))).toEqual([]);
  });

  it('passes a refusal of a service on as it is, without asking again', async () => {
    running.service.answer = (_request, response) => {
      response.writeHead(503, { 'retry-after': '1', 'content-type': 'application/json', connection: 'close' });
      response.end('{"code":"generic.unavailable"}');
    };
    const answer = await running.call('/helper/abc/execute');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(running.service.seen).toHaveLength(1);
  });

  it('answers 503 within two seconds when a service breaks off', async () => {
    running.service.answer = (request) => request.socket.destroy();
    const started = performance.now();
    const answer = await running.call('/billing');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ success: false, code: 'generic.unavailable', status: 503 });
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('answers', () => {
  it('passes long ones on as they come, and short ones whole', async () => {
    for (const kibibytes of [1, 2_000]) {
      running.service.answer = (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/plain' });
        for (let piece = 0; piece < kibibytes; piece += 1) response.write('x'.repeat(1024));
        response.end();
      };
      expect(await (await running.call('/helpers')).text()).toHaveLength(kibibytes * 1024);
    }
  });

  it('knows answers without a body', async () => {
    running.service.answer = (_request, response) => response.writeHead(200, { 'content-length': '17' }).end();
    const head = await running.call('/helpers', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '17', '']);
    running.service.answer = (_request, response) => response.writeHead(204).end();
    expect((await running.call('/helpers/1', { method: 'DELETE' })).status).toBe(204);
  });

  it('breaks off towards the client what the service breaks off', async () => {
    running.service.answer = (request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.write('x'.repeat(1024), () => request.socket.destroy());
    };
    await expect(running.call('/helpers').then((answer) => answer.text())).rejects.toThrow();
  });
});

describe('bodies', () => {
  const send = (path: string, bytes: number) =>
    running.call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: 'x'.repeat(bytes) });

  it('passes them on untouched', async () => {
    await running.call('/helpers', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{ "a" : 1.0 }',
    });
    expect(last()?.body).toBe('{ "a" : 1.0 }');
    await running.call('/auth/logout', { method: 'POST', headers: { 'content-type': 'application/json' } });
    expect(last()).toMatchObject({ url: '/auth/logout', body: '' });
    await running.call('/helpers/1', { method: 'DELETE', headers: { 'content-type': 'application/json' } });
    expect(last()).toMatchObject({ method: 'DELETE', body: '' });
  });

  it('refuses those that say they are too large before a service sees them', async () => {
    const kib = 1024;
    expect((await send('/helpers/helper:1/execute', 257 * kib)).status).toBe(413);
    expect((await send(`/helper/${KEY}/abc`, 257 * kib)).status).toBe(413);
    const answer = await send('/helpers', 1025 * kib);
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 'request.body_too_large' });
    expect(running.service.seen).toHaveLength(0);
    expect((await send('/helpers', 1000 * kib)).status).toBe(200);
    expect(last()?.body).toHaveLength(1000 * kib);
  });

  it('refuses those that only turn out to be too large', async () => {
    expect(await sendUnannounced(300)).toBe(413);
    expect(running.service.seen).toHaveLength(0);
    expect(await sendUnannounced(100)).toBe(200);
    expect(last()?.body).toHaveLength(100 * 1024);
  });
});

/** Asks for a path exactly as it is written; `fetch` would tidy it up. */
function rawStatus(method: string, path: string): Promise<number> {
  const { port } = new URL(running.gateway.url);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject);
    request.end();
  });
}

/** Sends a body in pieces, without saying its length. */
function sendUnannounced(kibibytes: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${running.gateway.url}/helpers/helper:1/execute`,
      { method: 'POST', headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' } },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    request.on('error', reject);
    for (let piece = 0; piece < kibibytes; piece += 1) request.write('x'.repeat(1024));
    request.end();
  });
}

describe('other origins', () => {
  const preflight = (path: string, origin: string, method = 'PATCH') =>
    running.call(path, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': method } });

  it('answers preflights itself', async () => {
    const answer = await preflight('/auth/onboarding-complete', 'https://app.example.com');
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect(answer.headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(answer.headers.get('access-control-allow-headers')).toContain('idempotency-key');
    expect(answer.headers.get('access-control-max-age')).toBe('86400');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    expect(answer.headers.get('vary')).toBe('Origin');
    expect(running.service.seen).toHaveLength(0);
  });

  it('names only configured origins, and any for executions by key', async () => {
    const foreign = await preflight('/helpers', 'https://evil.example.com');
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    const open = await preflight('/helper/abc/execute', 'https://shop.example.com', 'POST');
    expect(open.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('lets pages read the trace and the limits, whatever the service said', async () => {
    const answer = await running.call('/helpers', { headers: { origin: 'https://app.example.com' } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect(answer.headers.get('access-control-expose-headers')).toContain('X-Trace-ID');
    expect(answer.headers.get('access-control-expose-headers')).toContain('RateLimit-Remaining');
    expect(answer.headers.get('vary')).toBe('Origin, Accept');
  });
});

describe('readiness', () => {
  it('names every service', async () => {
    const answer = await running.call('/readyz');
    expect(await answer.json()).toMatchObject({
      status: 'ok',
      checks: { identity: { status: 'ok' }, helpers: { status: 'ok' }, billing: { status: 'ok' } },
    });
  });
});
