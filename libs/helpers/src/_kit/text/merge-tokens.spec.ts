import { describe, expect, test } from '@jest/globals';
import { mergeTokens, tokenNames } from './merge-tokens.js';

const values: Record<string, unknown> = {
  first_name: 'Ada',
  company: 'A&B <"C">',
  trap: '{{first_name}} @first_name {first_name}',
  empty: null,
  count: 1234567,
  price: '$& $1',
};
const lookup = (name: string): unknown => values[name];

describe('mergeTokens', () => {
  test('replaces known tokens, blanks inside the braces allowed', () => {
    expect(mergeTokens('{{first_name}}-{{ first_name }}', lookup)).toBe('Ada-Ada');
  });

  test('never reads an inserted value as a template, nor as a replacement pattern', () => {
    const spellings = ['double', 'single', 'at'] as const;
    expect(mergeTokens('{{trap}}|{{price}}', lookup, { spellings })).toBe(`${String(values['trap'])}|$& $1`);
  });

  test('a known empty value is the empty text; an unknown token is empty or stays', () => {
    expect(mergeTokens('[{{empty}}][{{nope}}]', lookup)).toBe('[][]');
    expect(mergeTokens('[{{empty}}][{{ nope }}]', lookup, { unknown: 'keep' })).toBe('[][{{ nope }}]');
  });

  test('only the spellings that are asked for are tokens', () => {
    expect(mergeTokens('{first_name} @first_name', lookup)).toBe('{first_name} @first_name');
    expect(mergeTokens('{first_name} @first_name!', lookup, { spellings: ['single', 'at'] })).toBe('Ada Ada!');
  });

  test('an address is no @token', () => {
    expect(mergeTokens('me@first_name.org @@first_name', lookup, { spellings: ['at'] })).toBe(
      'me@first_name.org @@first_name',
    );
  });

  test.each([
    ['text', 'A&B <"C">'],
    ['url', 'A%26B%20%3C%22C%22%3E'],
    ['html', 'A&amp;B &lt;&quot;C&quot;&gt;'],
    ['slack', 'A&amp;B &lt;"C"&gt;'],
  ] as const)('escapes for %s', (context, expected) => {
    expect(mergeTokens('{{company}}', lookup, { context })).toBe(expected);
  });

  test('a header stays one line, a lone surrogate does not break a URL', () => {
    expect(mergeTokens('{{a}}', () => 'x\r\nHost: y', { context: 'header' })).toBe('x Host: y');
    expect(mergeTokens('{{a}}', () => '\ud800', { context: 'url' })).toBe('%EF%BF%BD');
  });

  test('numbers are plain digits', () => {
    expect(mergeTokens('{{count}}', lookup)).toBe('1234567');
  });
});

test('tokenNames lists each name once', () => {
  expect(tokenNames('{{a}} {{ a }} {{Two words}} {b}')).toEqual(['a', 'Two words']);
});
