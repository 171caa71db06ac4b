import { expect, test } from '@jest/globals';
import { checkFileKind } from './file-kind.js';
import { fileNameOfUrl, plainFileName } from './file-name.js';

test.each([
  ['../../etc/passwd', 'passwd'],
  [String.raw`C:\docs\a.pdf`, 'a.pdf'],
  ['..', 'attachment'],
  ['', 'attachment'],
  ['a\r\nb.txt', 'a_b.txt'],
  ['.htaccess', 'htaccess'],
])('%j is called %s', (given, name) => {
  expect(plainFileName(given)).toBe(name);
});

test.each([
  ['https://x.example/docs/a%20b.pdf?key=1#top', 'a b.pdf'],
  ['https://x.example/docs/', 'attachment'],
  ['https://x.example', 'attachment'],
  ['https://x.example/100%.txt', '100%.txt'],
  ['https://x.example/..%2f..%2fpasswd', 'passwd'],
])('%s names %s', (url, name) => {
  expect(fileNameOfUrl(url)).toBe(name);
});

const file = (name: string, text: string, contentType = 'application/octet-stream') => ({
  name,
  contentType,
  bytes: new TextEncoder().encode(text),
});

test.each([file('setup.EXE', ''), file('photo.png', 'MZ\u0090'), file('run', '#!/bin/sh')])(
  'refuses a program',
  (each) => {
    expect(() => checkFileKind(each, [])).toThrow('program');
  },
);

test('takes what is allowed, by extension or media type', () => {
  const pdf = file('a.PDF', '%PDF', 'application/pdf; x=1');
  expect(() => checkFileKind(pdf, [])).not.toThrow();
  expect(() => checkFileKind(pdf, ['.pdf'])).not.toThrow();
  expect(() => checkFileKind(pdf, ['application/pdf'])).not.toThrow();
  expect(() => checkFileKind(pdf, ['application/*'])).not.toThrow();
  expect(() => checkFileKind(pdf, ['png', 'image/*'])).toThrow('none of');
});
