import { expect, test } from '@jest/globals';
import { delimitersOf, quote } from './quote.js';

test.each([
  ['say "hi"', ['"', '"'], true, String.raw`"say \"hi\""`],
  [String.raw`C:\new "x"`, ['"', '"'], true, String.raw`"C:\\new \"x\""`],
  ['it\'s "x"', ["'", "'"], true, String.raw`'it\'s "x"'`],
  [String.raw`a\b"`, ['[', ']'], true, String.raw`[a\b"]`],
  [String.raw`a\b"`, ['"', '"'], false, String.raw`"a\b""`],
  ['$& $1', ['', '>>'], true, '$& $1>>'],
] as const)('%p between %p, escaped: %p, is %p', (text, pair, escape, expected) => {
  expect(quote(text, pair, escape)).toBe(expected);
});

test('custom delimiters count only for the custom style', () => {
  expect(delimitersOf('custom', ['<', '>'])).toEqual(['<', '>']);
  expect(delimitersOf('braces', ['<', '>'])).toEqual(['{', '}']);
});
