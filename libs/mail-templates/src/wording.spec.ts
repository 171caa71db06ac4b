import { expect, it } from '@jest/globals';
import { amountText, durationText, momentText } from './wording.js';

it.each([
  [{ minor: 4_900, currency: 'usd' }, '$49.00'],
  [{ minor: 5, currency: 'eur' }, '€0.05'],
  [{ minor: -1_050, currency: 'usd' }, '-$10.50'],
  [{ minor: 1_500, currency: 'jpy' }, '¥1,500'],
  [{ minor: 9_007_199_254_740_991, currency: 'usd' }, '$90,071,992,547,409.91'],
])('writes the amount %j as %s', (amount, text) => {
  expect(amountText(amount)).toBe(text);
});

it.each([
  [1, '1 minute'],
  [15, '15 minutes'],
  [90, '90 minutes'],
  [60, '1 hour'],
  [1_440, '24 hours'],
  [10_080, '7 days'],
])('writes %d minutes as %s', (minutes, text) => {
  expect(durationText(minutes)).toBe(text);
});

it('writes moments in UTC', () => {
  expect(momentText('2026-03-05T16:05:00.000+02:00')).toBe('5 March 2026, 14:05 UTC');
});
