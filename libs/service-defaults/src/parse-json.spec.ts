import { describe, expect, it } from '@jest/globals';
import { findDuplicateName, parseJsonBody } from './parse-json.js';

describe('reading a JSON body', () => {
  it.each([
    ['{"a":1,"b":{"a":2},"c":[{"a":1},{"a":2}]}', undefined],
    ['{"a":1,"b":2,"a":3}', 'a'],
    ['{"o":{"x":1 , "x" :2}}', 'x'],
    ['[{"k":1},{"k":1,"k":2}]', 'k'],
    ['{"a":"a","b":"\\"a\\":1","c":"}"}', undefined],
    [String.raw`{"a":1,"\u0061":2}`, 'a'],
    ['{"a":["a","a"],"b":"a"}', undefined],
    ['"text"', undefined],
  ])('finds a name that stands twice in one object: %s', (text, expected) => {
    expect(findDuplicateName(text)).toBe(expected);
  });

  it('takes nothing as an empty object', () => {
    expect(parseJsonBody('')).toEqual({});
    expect(parseJsonBody(' \n')).toEqual({});
  });

  const nested = (levels: number): string => `${'{"a":['.repeat(levels / 2)}${']}'.repeat(levels / 2)}`;

  it('takes 64 levels, and refuses more however the body ends', () => {
    expect(parseJsonBody(nested(64))).toMatchObject({ a: [{}] });
    expect(parseJsonBody(`{"a":"${'[{'.repeat(100)}\\"["}`)).toBeDefined();
    for (const text of [nested(66), nested(200_000), '['.repeat(500_000)]) {
      expect(() => parseJsonBody(text)).toThrow('The body nests deeper than 64 levels');
    }
  });

  it('refuses null characters in names only', () => {
    expect(parseJsonBody(String.raw`{"a":"\u0000"}`)).toEqual({ a: '\u0000' });
    expect(() => parseJsonBody(String.raw`{"a":{"b\u0000c" :1}}`)).toThrow('a name with a null character');
  });

  it.each(['{"a":1} x', '{"a":', "{'a':1}", '{"a":1,"a":2}', '{"__proto__":{"admin":true}}'])('refuses %s', (text) => {
    expect(() => parseJsonBody(text)).toThrow(expect.objectContaining({ status: 400, code: 'request.invalid_body' }));
  });
});
