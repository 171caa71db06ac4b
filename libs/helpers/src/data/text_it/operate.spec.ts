import { describe, expect, test } from '@jest/globals';
import { operate, type Operation } from './operate.js';

const result = (operation: Operation, text: string, value = '', replaceWith = '', maxLength = 0): string | null =>
  operate(operation, text, { value, replaceWith, maxLength });

describe('one operation', () => {
  test.each<[Operation, string, string, string, string | null]>([
    ['replace', 'a.b.c', '.', '$&', 'a$&b$&c'],
    ['replace', 'abc', '', 'x', 'abc'],
    ['remove', 'abc', '', '', 'abc'],
    ['extract_email_domain', 'a@b@c', '', '', null],
    ['extract_email_domain', 'a@', '', '', null],
    ['extract_email_domain', '', '', '', null],
    ['extract_numbers', 'tel. 555.123 4567..', '', '', '555.1234567'],
    ['extract_numbers', '.5 and 5.', '', '', '55'],
    ['extract_numbers', 'none', '', '', ''],
    ['slug', 'Café — Crème brûlée!', '', '', 'cafe-creme-brulee'],
    ['slug', '日本', '', '', ''],
    ['reverse', 'a🇩🇪e\u0301👨‍👩‍👧', '', '', '👨‍👩‍👧e\u0301🇩🇪a'],
  ])('%s of %p with %p and %p is %p', (operation, text, value, replaceWith, expected) => {
    expect(result(operation, text, value, replaceWith)).toBe(expected);
  });

  test.each([
    ['👨‍👩‍👧abc', 2, '👨‍👩‍👧a'],
    ['👨‍👩‍👧', 1, '👨‍👩‍👧'],
    ['abc', 0, ''],
    ['abc', 3, 'abc'],
  ])('%p cut to %p characters is %p', (text, length, expected) => {
    expect(result('truncate', text, '', '', length)).toBe(expected);
  });
});
