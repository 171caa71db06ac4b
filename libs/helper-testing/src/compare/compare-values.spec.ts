import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { compareUnordered, compareValues } from './compare-values.js';

const holds = (expected: unknown, actual: unknown, more = {}): boolean =>
  compareValues(expected, actual, 'x', more).length === 0;

describe('comparing values', () => {
  test.each([
    [8, 8.0],
    ['a', 'a'],
    [null, undefined],
    ['2026-01-15T12:00:00Z', '2026-01-15T13:00:00+01:00'],
    [{ a: [1, { b: null }] }, { a: [1, { b: null }] }],
  ])('%j is %j', (expected, actual) => {
    expect(holds(expected, actual)).toBe(true);
  });

  test.each([
    [8, '8'],
    ['a', 'A'],
    [null, ''],
    ['2026-01-15T12:00:00Z', '2026-01-15T12:00:01Z'],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1 }, {}],
    [[1], [1, 2]],
    [
      [1, 2],
      [2, 1],
    ],
    [{}, []],
    [false, 0],
  ])('%j is not %j', (expected, actual) => {
    expect(holds(expected, actual)).toBe(false);
  });

  test('more keys are allowed only on the outermost object, and only when asked for', () => {
    expect(holds({ a: { b: 1 } }, { a: { b: 1 }, c: 2 }, { open: true })).toBe(true);
    expect(holds({ a: { b: 1 } }, { a: { b: 1, c: 2 } }, { open: true })).toBe(false);
  });

  test('free paths are not looked at', () => {
    const free = ['x.a.*.b', 'x.list[1]'];
    expect(holds({ a: { k: { b: 1 } }, list: [1, 2] }, { a: { k: { b: 9 } }, list: [1, 9] }, { free })).toBe(true);
    expect(holds({ a: { k: { c: 1 } } }, { a: { k: { c: 9 } } }, { free })).toBe(false);
  });

  test('says where and what', () => {
    expect(compareValues({ a: [{ b: 'c' }] }, { a: [{ b: 'd' }] }, 'data')).toEqual([
      'data.a[0].b should be "c", but is "d"',
    ]);
  });
});

describe('matchers', () => {
  const token = (claims: object, key = 's'): string => {
    const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
    const head = `${encode({ alg: 'HS256' })}.${encode(claims)}`;
    return `${head}.${createHmac('sha256', key).update(head).digest('base64url')}`;
  };

  test.each([
    [{ $match: '^a.c$' }, 'abc', true],
    [{ $match: '^a.c$' }, 'abd', false],
    [{ $match: 'x' }, undefined, false],
    [{ $gte: 5 }, 5, true],
    [{ $gte: 5 }, 4, false],
    [{ $nonfinite: 'NaN' }, null, true],
    [{ $nonfinite: 'NaN' }, 5, false],
    [{ $includes: { a: { b: 1 } } }, { a: { b: 1, c: 2 }, d: 3 }, true],
    [{ $includes: { a: { b: 1 } } }, { a: { c: 2 } }, false],
    [{ $json_includes: { a: 1 } }, '{"a":1,"b":2}', true],
    [{ $json_includes: { a: 1 } }, 'no json', false],
    [{ $ascii_json_includes: { a: 1 } }, '{"a":1}', true],
    [{ $ascii_json_includes: { a: 1 } }, '{"a":1,"b":"ä"}', false],
    [{ $text_containing: ['a', 'b'] }, 'xaxb', true],
    [{ $text_containing: ['a', 'b'] }, 'xa', false],
    [{ $signed_url: { prefix: 'https://x/?t=', claims: { a: 1 } } }, `https://x/?t=${token({ a: 1 })}`, true],
    [{ $signed_url: { prefix: 'https://x/?t=', claims: { a: 1 } } }, `https://x/?t=${token({ a: 2 })}`, false],
    [{ $signed_url: { prefix: 'https://x/?t=', claims: { a: 1 } } }, 'https://y/', false],
    [{ $unheard_of: 1 }, 1, false],
  ])('%j of %j: %p', (expected, actual, expectation) => {
    expect(holds(expected, actual)).toBe(expectation);
  });

  test('know the body of the request', () => {
    const requestBody = '{"a":1}';
    const signature = createHmac('sha256', 'shh').update(requestBody).digest('base64');
    expect(holds({ $hmac_sha256_base64_of_body: 'shh' }, signature, { requestBody })).toBe(true);
    expect(holds({ $hmac_sha256_base64_of_body: 'other' }, signature, { requestBody })).toBe(false);
    expect(holds({ $json_text_of_request_body: true }, '{ "a": 1 }', { requestBody })).toBe(true);
    expect(holds({ $json_text_of_request_body: true }, '{}', { requestBody })).toBe(false);
  });
});

test('unordered lists name what is missing and what is too many', () => {
  expect(compareUnordered([1, 2, 2], [2, 1, 2], 'calls')).toEqual([]);
  expect(compareUnordered([1, 2], [2, 3, 2], 'calls')).toEqual([
    'calls lacks 1',
    'calls has 3 too many',
    'calls has 2 too many',
  ]);
});
