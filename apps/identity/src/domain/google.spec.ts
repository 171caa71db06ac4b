import { describe, expect, it } from '@jest/globals';
import { googlePersonOf } from './google-person.js';
import { isReturnPath } from './return-path.js';

describe('whom Google vouches for', () => {
  it('has a verified address', () => {
    const claims = { sub: '1', email: 'Ada@Example.TEST', email_verified: true, name: ' Ada ' };
    expect(googlePersonOf(claims)).toEqual({ subject: '1', email: 'ada@example.test', name: 'Ada' });
    expect(googlePersonOf({ ...claims, email_verified: 'true', name: undefined })?.name).toBe('Ada@Example.TEST');
  });

  it.each([false, 'false', undefined, 1, null])('email_verified %p vouches for nobody', (email_verified) => {
    expect(googlePersonOf({ sub: '1', email: 'ada@example.test', email_verified })).toBeUndefined();
  });
});

it('a client goes on within itself only', () => {
  expect(['/', '/helpers?tab=1#x', '/a/b'].every(isReturnPath)).toBe(true);
  for (const text of ['', 'helpers', '//evil.test', '/\\evil.test', '/a\\b', 'https://evil.test', '/a b', '/a\n']) {
    expect([text, isReturnPath(text)]).toEqual([text, false]);
  }
});
