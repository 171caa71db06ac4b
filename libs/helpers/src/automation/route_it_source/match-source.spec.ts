import { expect, test } from '@jest/globals';
import { matchSource } from './match-source.js';

const loose = { mode: 'contains', caseSensitive: false } as const;
const exact = { mode: 'exact', caseSensitive: false } as const;

test('the longest key wins, ties by letters', () => {
  const routes = { oog: 'a', google: 'b', goo: 'c', gle: 'd' };
  expect(matchSource(routes, 'www.Google.com', loose)?.key).toBe('google');
  expect(matchSource({ oog: 'a', goo: 'c' }, 'google', loose)?.key).toBe('goo');
});

test('an empty key fits an empty source only', () => {
  expect(matchSource({ '': 'a' }, 'bing', loose)).toBeNull();
  expect(matchSource({ '': 'a', x: 'b' }, '', loose)).toEqual({ key: '', url: 'a' });
});

test('a key without a URL is none', () => {
  expect(matchSource({ google: '', goo: 'b' }, 'google', loose)).toEqual({ key: 'goo', url: 'b' });
});

test('a key that was rewritten on the way fits as it was written', () => {
  expect(matchSource({ '_google _ads': 'a' }, 'Google Ads', exact)).toEqual({ key: 'Google Ads', url: 'a' });
  expect(matchSource({ my_source: 'a' }, 'my_source', exact)).toEqual({ key: 'my_source', url: 'a' });
});

test('keys may have names that every object knows', () => {
  expect(matchSource({ google: 'a' }, 'constructor', exact)).toBeNull();
});
