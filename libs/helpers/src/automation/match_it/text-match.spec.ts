import { expect, test } from '@jest/globals';
import { isPattern, textMatches, type TextPattern } from './text-match.js';

type Row = [type: TextPattern['type'], pattern: string, text: string, loose: boolean, exact: boolean];

test.each<Row>([
  ['equals', 'Yes', 'YES', true, false],
  ['equals', 'Yes', 'Yes', true, true],
  ['equals', 'Yes', 'Yes ', false, false],
  ['contains', 'STRASSE', 'Hauptstraße 1', true, false],
  ['contains', 'ΟΔΟΣ', 'οδος', true, false],
  ['starts_with', '+44', '+44 7700', true, true],
  ['ends_with', '.EDU', 'mit.edu', true, false],
  ['regex', 'gold', 'A GOLD plan', true, false],
  ['regex', '^\\d{5}$', '9404', false, false],
])('%s %s in %s', (type, pattern, text, loose, exact) => {
  expect(textMatches({ type, pattern, caseSensitive: false }, text)).toBe(loose);
  expect(textMatches({ type, pattern, caseSensitive: true }, text)).toBe(exact);
});

test('patterns that no linear-time engine can run are none', () => {
  expect(['(', '(?=a)', '(a)\\1', '[z-a]', 'a{2000}'].filter(isPattern)).toEqual([]);
});

test('a pattern that would keep a backtracking engine busy for hours ends at once', () => {
  const began = performance.now();
  expect(textMatches({ type: 'regex', pattern: '(a+)+$', caseSensitive: true }, `${'a'.repeat(5000)}b`)).toBe(false);
  expect(performance.now() - began).toBeLessThan(1_000);
});
