import { expect, it } from '@jest/globals';
import { isWithin } from './address-ranges.js';

it.each([
  ['192.0.2.7', ['192.0.2.7'], true],
  ['192.0.2.7', ['192.0.2.8', '192.0.2.7'], true],
  ['192.0.2.7', ['192.0.2.0/24'], true],
  ['192.0.3.7', ['192.0.2.0/24'], false],
  ['::ffff:192.0.2.7', ['192.0.2.0/24'], true],
  ['192.0.2.7', ['::ffff:192.0.2.7'], true],
  ['2001:db8::1', ['2001:db8::/32'], true],
  ['2001:db9::1', ['2001:db8::/32'], false],
  ['2001:db8::1', ['0.0.0.0/0'], false],
  ['192.0.2.7', [], false],
  ['', ['0.0.0.0/0'], false],
  ['somewhere', ['0.0.0.0/0'], false],
])('%s within %p: %p', (address, ranges, within) => {
  expect(isWithin(address, ranges)).toBe(within);
});
