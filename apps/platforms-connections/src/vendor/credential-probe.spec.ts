import { expect, it } from '@jest/globals';
import { platformOf, type ConnectorError, type PlatformManifest } from '#connectors';
import { HttpFailure, type HttpRequest, type HttpRequester, type HttpResponse } from '#http';
import { probeCredentials } from './credential-probe.js';

function manifestOf(slug: string): PlatformManifest {
  const manifest = platformOf(slug, {});
  if (manifest === undefined) throw new Error(`There is no platform ${slug}`);
  return manifest;
}

/** Answers every request with one status and keeps what was asked. */
function vendor(status: number): HttpRequester & { asked: HttpRequest[] } {
  const asked: HttpRequest[] = [];
  return {
    asked,
    request: async (request) => {
      asked.push(request);
      return { status, headers: {}, url: request.url, bytes: new Uint8Array(), text: () => '', json: () => ({}) };
    },
  };
}

const signal = new AbortController().signal;
const probe = (slug: string, http: HttpRequester, secrets: object, baseUrl?: string) =>
  probeCredentials(manifestOf(slug), { secrets, baseUrl }, http, signal);

it.each([
  ['zoom', { access_token: 'at' }, undefined, { headers: { Authorization: 'Bearer at' } }],
  ['webinarjam', { api_key: 'k' }, undefined, { method: 'POST', form: { api_key: 'k' } }],
] as const)('signs the request of %s as its vendor wants it', async (slug, secrets, baseUrl, expected) => {
  const http = vendor(200);
  await probe(slug, http, secrets, baseUrl);
  expect(http.asked).toHaveLength(1);
  expect(http.asked[0]).toMatchObject(expected);
  expect(JSON.stringify(http.asked[0])).not.toMatch(/\{\w+\}/);
});

it.each([
  [401, 'auth_invalid'],
  [403, 'auth_invalid'],
  [429, 'rate_limited'],
  [503, 'server'],
  [404, 'validation'],
] as const)('takes %i for %s', async (status, kind) => {
  await expect(probe('stripe', vendor(status), { api_key: 'k' })).rejects.toMatchObject({ kind, status });
});

it('takes silence for a network failure and never repeats a secret', async () => {
  const silent: HttpRequester = {
    request: (): Promise<HttpResponse> => Promise.reject(new HttpFailure('timeout', 'No answer in time', true)),
  };
  const failure = await probe('stripe', silent, { api_key: 'sk_secret' }).catch((error: ConnectorError) => error);
  expect(failure).toMatchObject({ kind: 'network', platform: 'stripe' });
  expect(JSON.stringify(failure)).not.toContain('sk_secret');
});
