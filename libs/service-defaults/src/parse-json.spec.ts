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

  it.each(['{"a":1} x', '{"a":', "{'a':1}", '{"a":1,"a":2}', '{"__proto__":{"admin":true}}'])('refuses %s', (text) => {
    expect(() => parseJsonBody(text)).toThrow(expect.objectContaining({ status: 400, code: 'request.invalid_body' }));
  });
});
