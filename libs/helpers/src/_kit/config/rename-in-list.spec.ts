import { expect, test } from '@jest/globals';
import { renameInList } from './rename-in-list.js';

test('both spellings are understood, the original one wins', () => {
  const routes = [{ redirect_url: 'a' }, { redirectUrl: 'b' }, { redirect_url: 'c', redirectUrl: 'd' }, 'e', null];
  expect(renameInList(routes, 'redirect_url', 'redirectUrl')).toEqual([
    { redirectUrl: 'a' },
    { redirectUrl: 'b' },
    { redirectUrl: 'd' },
    'e',
    null,
  ]);
});

test('what is no list stays as it is', () => {
  expect(renameInList('x', 'a', 'b')).toBe('x');
  expect(renameInList(undefined, 'a', 'b')).toBeUndefined();
});
