import { expect, it } from '@jest/globals';
import { appPage, ReturnPath } from './app-page.js';

it.each(['/', '/onboarding/plan', '/settings?tab=billing', '/a//b', '/x#y'])('takes %j', (path) => {
  expect(ReturnPath.safeParse(path).success).toBe(true);
});

it.each(['', 'settings', '//evil.example', '/\\evil.example', '/a\\b', 'https://evil.example', '/a\nb', '/a b', '/ä'])(
  'refuses %j',
  (path) => {
    expect(ReturnPath.safeParse(path).success).toBe(false);
  },
);

it('stays on the host of the web client, whatever follows', () => {
  for (const path of ['/@evil.example', '/.evil.example', '/%2f%2fevil.example', '/?next=//evil.example']) {
    expect(ReturnPath.safeParse(path).success).toBe(true);
    expect(new URL(appPage('https://app.example', path, 'a=b')).host).toBe('app.example');
  }
});

it.each([
  ['/plan', 'https://app.example/plan?s={S}'],
  ['/settings?tab=billing', 'https://app.example/settings?tab=billing&s={S}'],
  ['/settings?tab=a#top', 'https://app.example/settings?tab=a&s={S}#top'],
])('adds a parameter to %s', (path, address) => {
  expect(appPage('https://app.example', path, 's={S}')).toBe(address);
});
