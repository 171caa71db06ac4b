import { describe, expect, test } from '@jest/globals';
import type { IpLocation } from '../../_services/ip-geolocation/ip-location.js';
import { countryRoute, locationText, regionRoute } from './geo-route.js';

const at = (part: Partial<IpLocation>): IpLocation => ({
  country: '',
  countryCode: '',
  region: '',
  city: '',
  zip: '',
  latitude: null,
  longitude: null,
  timezone: '',
  isp: '',
  ...part,
});
const california = at({ country: 'United States', countryCode: 'US', region: 'California', city: 'San Jose' });

test('a location leaves out what is not known', () => {
  expect(locationText(california)).toBe('San Jose, California, United States');
  expect(locationText(at({ country: 'Monaco' }))).toBe('Monaco');
  expect(locationText(at({}))).toBe('');
});

describe('countries', () => {
  test.each([{ US: 'u' }, { us: 'u' }, { _u_s: 'u' }])('%p', (routes) => {
    expect(countryRoute(routes, california)).toBe('u');
  });

  test('none for others, for an empty URL and for an unknown country', () => {
    expect(countryRoute({ FR: 'f' }, california)).toBeUndefined();
    expect(countryRoute({ US: '' }, california)).toBeUndefined();
    expect(countryRoute({ '': 'x' }, at({}))).toBeUndefined();
  });
});

describe('regions', () => {
  test('that of the country wins', () => {
    const routes = { California: 'any', 'US:California': 'own', 'MX:California': 'other' };
    expect(regionRoute(routes, california)).toBe('own');
    expect(regionRoute({ 'MX:California': 'other' }, california)).toBeUndefined();
  });

  test('a name is compared letter by letter, also when a client rewrote it', () => {
    expect(regionRoute({ california: 'x' }, california)).toBeUndefined();
    expect(regionRoute({ _california: 'x' }, california)).toBe('x');
    expect(regionRoute({ '': 'x' }, at({}))).toBeUndefined();
  });
});
