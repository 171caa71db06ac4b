import { expect, test } from '@jest/globals';
import type { HelperHttp, RunClock } from '#helpers';
import { LocationLookup } from './location-lookup.js';

test('asks for an address once a day', async () => {
  let asked = 0;
  const http: HelperHttp = {
    request: () => {
      asked += 1;
      const text = JSON.stringify({ country: 'France', country_code: 'FR', city: 'Paris' });
      return Promise.resolve({ status: 200, headers: {}, text, bytes: new Uint8Array() });
    },
  };
  let now = Date.parse('2026-03-01T00:00:00Z');
  const clock: RunClock = { now: () => new Date(now), sleep: () => Promise.resolve() };
  const lookup = new LocationLookup();
  const city = async (): Promise<string> => (await lookup.forRun(http, clock).locate(' 2.2.2.2 ')).city;
  expect([await city(), await city(), asked]).toEqual(['Paris', 'Paris', 1]);
  now += 25 * 60 * 60 * 1000;
  expect([await city(), asked]).toEqual(['Paris', 2]);
});
