import { expect, it } from '@jest/globals';
import { noSessionCookie, sessionCookie } from './session-cookie.js';

it.each([
  ['http://127.0.0.1:8080', false],
  ['http://localhost:8080', false],
  ['http://[::1]:8080', false],
  ['https://localhost', true],
  ['https://app.example.test', true],
  ['http://app.example.test', true],
])('is for TLS only, except on the own machine: %s', (publicUrl, secure) => {
  const start = 'mfh_session=abc; Path=/api; Max-Age=3600; HttpOnly; SameSite=Lax';
  expect(sessionCookie('abc', 3600, { publicUrl })).toBe(secure ? `${start}; Secure` : start);
});

it('is taken away by an empty one of no age', () => {
  expect(noSessionCookie({ publicUrl: 'https://app.example.test' })).toBe(
    'mfh_session=; Path=/api; Max-Age=0; HttpOnly; SameSite=Lax; Secure',
  );
});
