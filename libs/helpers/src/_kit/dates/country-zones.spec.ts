import { expect, test } from '@jest/globals';
import { countryCode, zoneOfCountry } from './country-zones.js';
import { zoneOfState } from './state-zones.js';

test.each([
  ['France', 'FR'],
  [' united states ', 'US'],
  ['USA', 'US'],
  ['de', 'DE'],
  ['UK', 'GB'],
  ['fr', 'FR'],
  ['Germany', 'DE'],
  ['Atlantis', null],
  ['', null],
])('%s is %s', (name, code) => {
  expect(countryCode(name)).toBe(code);
});

test.each([
  ['FR', 'Europe/Paris'],
  ['DE', 'Europe/Berlin'],
  ['US', null],
  ['XX', null],
  ['??', null],
])('%s keeps %s', (code, zone) => {
  expect(zoneOfCountry(code, 2026)).toBe(zone);
});

test.each([
  ['US', 'CO', 'America/Denver'],
  ['US', ' colorado ', 'America/Denver'],
  ['CA', 'Ontario', 'America/Toronto'],
  ['AU', 'WA', 'Australia/Perth'],
  ['US', 'WA', 'America/Los_Angeles'],
  ['FR', 'CO', null],
  ['US', 'toString', null],
])('%s in %s keeps %s', (country, state, zone) => {
  expect(zoneOfState(country, state)).toBe(zone);
});
