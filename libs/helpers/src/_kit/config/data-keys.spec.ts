import { expect, test } from '@jest/globals';
import { byDataKey, byExactKey, originalKey } from './data-keys.js';

test.each([
  ['Monday', { Monday: 1 }],
  ['Monday', { _monday: 1 }],
  ['Monday', { MONDAY: 1 }],
  ['US', { _u_s: 1 }],
  ['LeadSource', { _lead_source: 1 }],
  ['first_name', { firstName: 1 }],
  ['9AM', { '9_a_m': 1 }],
])('%s is found in %p', (key, map) => {
  expect(byDataKey<number>(map, key)).toBe(1);
});

test('an exact key wins, and what is not there is not found', () => {
  expect(byDataKey({ _monday: 1, Monday: 2 }, 'Monday')).toBe(2);
  expect(byDataKey({ Tuesday: 1 }, 'Monday')).toBeUndefined();
  expect(byDataKey({}, 'toString')).toBeUndefined();
});

test('a key that counts letter by letter is found as it is and as a client rewrote it', () => {
  expect(byExactKey({ 'New York': 1 }, 'New York')).toBe(1);
  expect(byExactKey({ '_new _york': 1 }, 'New York')).toBe(1);
  expect(byExactKey({ 'new york': 1 }, 'New York')).toBeUndefined();
  expect(byExactKey({}, 'constructor')).toBeUndefined();
  expect([originalKey('_new _york'), originalKey('my_1'), originalKey('plain')]).toEqual(['New York', 'my_1', 'plain']);
});
