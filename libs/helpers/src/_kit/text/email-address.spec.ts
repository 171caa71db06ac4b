import { expect, test } from '@jest/globals';
import { readEmailAddress } from './email-address.js';

test.each([
  ['ada@example.com', 'example.com'],
  ["o'brien+x@mail.example.co", 'mail.example.co'],
  ['a.b.c@Example.COM', 'example.com'],
  ['jürgen@bücher.example', 'xn--bcher-kva.example'],
  ['a@b.xn--p1ai', 'b.xn--p1ai'],
])('%s is an address', (text, domain) => {
  expect(readEmailAddress(text)?.domain).toBe(domain);
});

test.each([
  '',
  'ada',
  '@example.com',
  'ada@',
  'ada@example',
  'ada@.com',
  'ada@example..com',
  'ada..b@example.com',
  '.ada@example.com',
  'ada.@example.com',
  'a b@example.com',
  'ada@exa mple.com',
  'ada@-x.com',
  'ada@192.168.1.1',
  'ada@example.com/x',
  'a@b@example.com',
  'ada@example.c',
  `${'x'.repeat(65)}@example.com`,
  'ada@example.com\r\nBcc: x@example.com',
])('"%s" is none', (text) => {
  expect(readEmailAddress(text)).toBeNull();
});
