import { expect, test } from '@jest/globals';
import { accepted, MOST_FILE_BYTES, safeName } from './accepted-file.js';
import { readUpload } from './read-upload.js';

const file = (name: string, content: string | Buffer) => ({
  name,
  contentType: 'application/octet-stream',
  bytes: Buffer.from(content),
});

test.each([
  ['report.pdf', '%PDF-1.7 ...'],
  ['notes.txt', 'plain words'],
  ['Übersicht 2026.csv', 'a;b\n1;2'],
])('%s is accepted', (name, content) => {
  expect(accepted(file(name, content)).name).toBe(name);
});

test.each([
  ['setup.exe', 'MZ...'],
  ['invoice.pdf', 'MZ\u0090\u0000'],
  ['invoice.pdf', '<html><script>alert(1)</script>'],
  ['picture.png', 'not a picture'],
  ['page.HTML', 'hello'],
  ['drawing.svg', '<svg onload="alert(1)"/>'],
  ['run', '#!/bin/sh\nrm -rf /'],
  ['empty.txt', ''],
])('%s with %j is refused', (name, content) => {
  expect(() => accepted(file(name, content))).toThrow();
});

test('a file that is too large is refused', () => {
  expect(() => accepted(file('a.txt', Buffer.alloc(MOST_FILE_BYTES + 1, 'a')))).toThrow('10 MiB');
});

test.each([
  ['../../etc/passwd', 'passwd'],
  [String.raw`C:\temp\a.txt`, 'a.txt'],
  ['..', 'file'],
  ['a\r\nb.txt', 'ab.txt'],
  ['', 'file'],
])('the name %j becomes %j', (name, safe) => {
  expect(safeName(name)).toBe(safe);
});

test('a file is found in a form and in a bare body', async () => {
  const form = new FormData();
  form.set('file', new File(['%PDF-1.7'], 'a.pdf', { type: 'application/pdf' }));
  const request = new Response(form);
  const type = request.headers.get('content-type') ?? '';
  const found = await readUpload(Buffer.from(await request.arrayBuffer()), type);
  expect(found).toEqual({ name: 'a.pdf', contentType: 'application/pdf', bytes: Buffer.from('%PDF-1.7') });
  const bare = await readUpload(Buffer.from('x'), 'application/octet-stream', 'b.txt');
  expect(bare.name).toBe('b.txt');
  await expect(readUpload(Buffer.from('rubbish'), 'multipart/form-data; boundary=x')).rejects.toThrow('form');
  await expect(readUpload({}, 'application/json')).rejects.toThrow('one file');
});
