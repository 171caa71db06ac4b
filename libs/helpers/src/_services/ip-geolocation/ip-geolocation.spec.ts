import { describe, expect, test } from '@jest/globals';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { HelperHttp, HelperHttpRequest, HelperHttpResponse, RunClock } from '../../_kit/ports.js';
import { ipGeolocation } from './ip-geolocation.js';

type Answer = { status: number; text: string } | 'nobody';

const paris = {
  status: 'success',
  country: 'France',
  countryCode: 'FR',
  regionName: 'Île-de-France',
  city: 'Paris',
  zip: '75001',
  lat: 48.85,
  lon: 2.35,
  timezone: 'Europe/Paris',
  isp: 'Orange',
};
const ok = (body: unknown): Answer => ({ status: 200, text: JSON.stringify(body) });

function service(...answers: Answer[]) {
  const requests: HelperHttpRequest[] = [];
  let waited = 0;
  const http: HelperHttp = {
    request(request): Promise<HelperHttpResponse> {
      const answer = answers[requests.length];
      requests.push(request);
      if (answer === undefined || answer === 'nobody') throw new HelperFailure('network_error', 'retry', 'Nobody.');
      return Promise.resolve({ ...answer, headers: {}, bytes: new Uint8Array() });
    },
  };
  const clock: RunClock = {
    now: () => new Date(0),
    sleep: (ms) => {
      waited += ms;
      return Promise.resolve();
    },
  };
  return {
    http,
    clock,
    requests,
    longestMs: () => waited + requests.reduce((sum, { timeoutMs = 0 }) => sum + timeoutMs, 0),
  };
}

const failureOf = async (run: Promise<unknown>): Promise<string> => {
  try {
    await run;
  } catch (error) {
    if (error instanceof HelperFailure) return `${error.code} ${error.failureClass}`;
    throw error;
  }
  return 'none';
};

test('asks ip-api.com over HTTPS with the key', async () => {
  const { http, clock, requests } = service(ok(paris));
  const { countryCode, region, zip, latitude } = await ipGeolocation(http, clock, 'k&y').locate(' 2.2.2.2 ');
  expect([countryCode, region, zip, latitude]).toEqual(['FR', 'Île-de-France', '75001', 48.85]);
  expect(requests[0]?.url).toMatch(/^https:\/\/pro\.ip-api\.com\/json\/2\.2\.2\.2\?key=k%26y&fields=/);
});

test('asks GeoJS without a key', async () => {
  const { http, clock, requests } = service(
    ok({
      country: 'France',
      country_code: 'fr',
      region: 'Île-de-France',
      city: 'Paris',
      latitude: '48.85',
      longitude: 'nil',
    }),
  );
  const location = await ipGeolocation(http, clock).locate('2a01::1');
  expect(location).toMatchObject({ countryCode: 'FR', city: 'Paris', zip: '', latitude: 48.85, longitude: null });
  expect(requests[0]?.url).toBe('https://get.geojs.io/v1/ip/geo/2a01::1.json');
});

describe('what is no public address', () => {
  test.each(['example.com', '8.8.8', '8.8.8.8/24', '0x8.8.8.8', 'fe80::1%eth0', '', '8.8.8.8@evil.example'])(
    '%s is refused without a question',
    async (text) => {
      const { http, clock, requests } = service();
      expect(await failureOf(ipGeolocation(http, clock, 'k').locate(text))).toBe('invalid_ip_address give_up');
      expect(requests).toEqual([]);
    },
  );

  test.each(['192.168.1.1', '10.0.0.1', '127.0.0.1', '169.254.1.1', '::1', 'fd00::1', '::ffff:10.0.0.1'])(
    '%s is refused without a question, too',
    async (address) => {
      const { http, clock, requests } = service();
      expect(await failureOf(ipGeolocation(http, clock, 'k').locate(address))).toBe('lookup_failed give_up');
      expect(requests).toEqual([]);
    },
  );
});

describe('a service in trouble', () => {
  test.each<[string, Answer]>([
    ['too many requests', { status: 429, text: '' }],
    ['a broken service', { status: 502, text: '<html>' }],
    ['nobody there', 'nobody'],
  ])('%s: asks again', async (_case, first) => {
    const { http, clock, requests, longestMs } = service(first, ok(paris));
    expect((await ipGeolocation(http, clock, 'k').locate('2.2.2.2')).city).toBe('Paris');
    expect(requests).toHaveLength(2);
    expect(longestMs()).toBeLessThanOrEqual(5_000);
  });

  test.each<[string, Answer[], string]>([
    ['twice down', ['nobody', 'nobody'], 'lookup_failed retry'],
    ['nonsense', [{ status: 200, text: '<html>' }], 'lookup_failed retry'],
    ['an unknown address', [ok({ status: 'fail', message: 'invalid query' })], 'lookup_failed give_up'],
    ['a refused key', [{ status: 403, text: 'invalid key' }], 'lookup_failed give_up'],
  ])('%s fails', async (_case, answers, failure) => {
    const { http, clock } = service(...answers);
    expect(await failureOf(ipGeolocation(http, clock, 'k').locate('2.2.2.2'))).toBe(failure);
  });
});
