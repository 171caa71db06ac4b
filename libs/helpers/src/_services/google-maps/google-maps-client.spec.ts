import { expect, test } from '@jest/globals';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { HelperHttp } from '../../_kit/ports.js';
import { geocode, zoneAt } from './google-maps-client.js';

function service(status: number, body: unknown) {
  const urls: string[] = [];
  const http: HelperHttp = {
    request: ({ url }) => {
      urls.push(url);
      return Promise.resolve({ status, headers: {}, text: JSON.stringify(body), bytes: new Uint8Array() });
    },
  };
  return { http, urls };
}

const point = { lat: 39.7, lng: -105 };

test('finds an address', async () => {
  const { http, urls } = service(200, { status: 'OK', results: [{ geometry: { location: point } }] });
  expect(await geocode(http, 'k', '1 Main St & Co, Denver')).toEqual(point);
  expect(urls).toEqual(['https://maps.googleapis.com/maps/api/geocode/json?address=1+Main+St+%26+Co%2C+Denver&key=k']);
});

test('finds a zone', async () => {
  const { http, urls } = service(200, { status: 'OK', timeZoneId: 'America/Denver', rawOffset: -25200, dstOffset: 0 });
  expect(await zoneAt(http, 'k', point, new Date(1_700_000_000_500))).toBe('America/Denver');
  expect(urls).toEqual([
    'https://maps.googleapis.com/maps/api/timezone/json?location=39.7%2C-105&timestamp=1700000000&key=k',
  ]);
});

test('what is not known is null', async () => {
  expect(await geocode(service(200, { status: 'ZERO_RESULTS', results: [] }).http, 'k', 'x')).toBeNull();
  expect(await zoneAt(service(200, { status: 'ZERO_RESULTS' }).http, 'k', point, new Date())).toBeNull();
});

test.each([
  [200, { status: 'OVER_QUERY_LIMIT' }, 'lookup_failed retry'],
  [200, { status: 'REQUEST_DENIED' }, 'lookup_failed give_up'],
  [200, '<html>', 'bad_response retry'],
  [503, {}, 'upstream_error retry'],
])('%s %p is %s', async (status, body, expected) => {
  let failure = 'none';
  try {
    await geocode(service(status, body).http, 'k', 'x');
  } catch (error) {
    if (error instanceof HelperFailure) failure = `${error.code} ${error.failureClass}`;
  }
  expect(failure).toBe(expected);
});
