import { expect, test } from '@jest/globals';
import { isHttpUrl } from './http-url.js';

test.each(['https://ex.com', 'HTTP://ex.com/a?b=c#d', ' https://ex.com '])('%p is one', (url) => {
  expect(isHttpUrl(url)).toBe(true);
});

test.each(['', 'ex.com', '//ex.com', 'ftp://ex.com', 'javascript:alert(1)', 'https://', 'https:ex.com', 'http://['])(
  '%p is none',
  (url) => {
    expect(isHttpUrl(url)).toBe(false);
  },
);
