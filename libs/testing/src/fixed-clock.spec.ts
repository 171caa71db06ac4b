import { expect, it } from '@jest/globals';
import { fixedClock } from './fixed-clock.js';

it('stands still, moves when told, and refuses what is no instant', () => {
  const clock = fixedClock('2026-03-29T00:30:00Z');
  expect(clock.now().toISOString()).toBe('2026-03-29T00:30:00.000Z');
  clock.advance(1_500);
  expect(clock.now().toISOString()).toBe('2026-03-29T00:30:01.500Z');
  clock.set('2027-01-01T00:00:00Z');
  expect(clock.now().getUTCFullYear()).toBe(2027);
  expect(() => fixedClock('soon')).toThrow('"soon" is not an instant.');
});
