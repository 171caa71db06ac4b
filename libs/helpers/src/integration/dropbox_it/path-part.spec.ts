import { expect, test } from '@jest/globals';
import { pathPart } from './path-part.js';

test.each([
  ['Ada', 'Ada'],
  ['../../secret', '.._.._secret'],
  ['a\\b', 'a_b'],
  ['..', '_'],
  ['a\nb', 'a b'],
  ['', ''],
  ['Zoë 🎉', 'Zoë 🎉'],
])('%j becomes %j', (value, part) => {
  expect(pathPart(value)).toBe(part);
});
