import { expect, test } from '@jest/globals';
import { firstGraphemes, graphemes } from './characters.js';

test.each([
  ['', []],
  ['añb', ['a', 'ñ', 'b']],
  ['e\u0301x', ['e\u0301', 'x']],
  ['🇩🇪👨‍👩‍👧!', ['🇩🇪', '👨‍👩‍👧', '!']],
])('%p has the characters %p', (text, characters) => {
  expect(graphemes(text)).toEqual(characters);
});

test.each([
  ['🇩🇪abc', 2, '🇩🇪a'],
  ['abc', 0, ''],
  ['abc', 9, 'abc'],
  ['', 3, ''],
])('the first of %p, %p of them, are %p', (text, count, expected) => {
  expect(firstGraphemes(text, count)).toBe(expected);
});
