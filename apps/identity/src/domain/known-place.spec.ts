import { expect, it } from '@jest/globals';
import { isKnownPlace } from './known-place.js';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';
const seen = [{ device_label: 'Firefox on Linux', ip: '203.0.113.7', rotated_ip: '198.51.100.9' }];

it.each([
  ['the same device and address', FIREFOX, '203.0.113.7', true],
  ['another address of the network', FIREFOX, '203.0.113.200', true],
  ['the network of the last refresh', FIREFOX, '198.51.100.1', true],
  ['another network', FIREFOX, '192.0.2.1', false],
  ['another device', CHROME, '203.0.113.7', false],
])('%s', (_what, userAgent, ip, known) => {
  expect(isKnownPlace(seen, { ip, userAgent })).toBe(known);
});

it('knows no place of a user without sessions', () => {
  expect(isKnownPlace([], { ip: '203.0.113.7', userAgent: FIREFOX })).toBe(false);
});
