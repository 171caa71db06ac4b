import { startGateway, type RunningGateway } from '../testing/running-gateway.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assertRoutesAreComplete } from '#service-defaults';
import { GatewayModule } from '../gateway.module.js';

let running: RunningGateway;
beforeAll(async () => {
  running = await startGateway({ MFH_LIMITS: 'lifted' });
});
afterAll(async () => running.stop());

describe('the description of the API', () => {
  it('is merged from what the services say, with the routes of the gateway itself', async () => {
    const { paths, components } = (await (await running.call('/openapi.json')).json()) as {
      paths: Record<string, unknown>;
      components: Record<string, Record<string, unknown>>;
    };
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/executions/stream', '/executions/stream/ticket', '/health', '/openapi.json', '/docs']),
    );
    expect(Object.keys(components['securitySchemes'] ?? {})).toEqual(['apiKey', 'bearer']);
    expect(Object.keys(paths).filter((path) => path.startsWith('/internal'))).toEqual([]);
  });

  it('has the events and questions beside it', async () => {
    expect(await (await running.call('/asyncapi.json')).json()).toMatchObject({ asyncapi: '3.0.0' });
  });

  it('describes every own route', () => assertRoutesAreComplete(GatewayModule));
});

describe('the API reference', () => {
  it('is a page that needs no other host, and its policy allows none', async () => {
    const page = await running.call('/docs');
    expect(page.headers.get('content-type')).toContain('text/html');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    const html = await page.text();
    expect(html).not.toMatch(/https?:\/\//);
    const files = [...html.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(files).toHaveLength(3);
    for (const path of files) {
      const file = await running.call(path);
      expect([path, file.status, (await file.text()).length > 50]).toEqual([path, 200, true]);
    }
  });

  it('relaxes the policy for that page only, and serves no other file', async () => {
    const api = await running.call('/health');
    expect(api.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    for (const path of ['/docs/package.json', '/docs/..%2fpackage.json', '/docs/index.html']) {
      expect((await running.call(path)).status).toBe(404);
    }
  });
});
