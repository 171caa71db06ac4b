import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { FolderStore } from './folder-store.js';
import { belongsTo, isObjectKey, objectKey } from './object-key.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'objects-'));
});
afterEach(() => rm(folder, { recursive: true }));

const file = { name: 'Über uns.pdf', contentType: 'application/pdf', bytes: Buffer.from([0, 255, 7]) };

test('gives back what was put, and replaces it', async () => {
  const store = new FolderStore(folder);
  await store.put('a/b/c.pdf', file);
  await store.put('a/b/c.pdf', { ...file, bytes: Buffer.from('two') });
  expect(await store.get('a/b/c.pdf')).toEqual({ ...file, bytes: Buffer.from('two') });
});

test('knows nothing of other keys, and of removed ones', async () => {
  const store = new FolderStore(folder);
  await store.put('a/b', file);
  await store.delete('a/b');
  await store.delete('never/there');
  expect(await store.get('a/b')).toBeNull();
});

test('removes all files of an account, and of nobody else', async () => {
  const store = new FolderStore(folder);
  const [own, others] = [objectKey('account:a1', 'exec:1', 'c.pdf'), objectKey('account:a11', 'exec:1', 'c.pdf')];
  for (const key of [own, objectKey('account:a1', 'exec:2', 'd.pdf'), others]) await store.put(key, file);
  expect(await store.deleteAccount('account:a1')).toBe(2);
  expect([await store.get(own), await store.get(others)]).toEqual([null, file]);
  expect(await store.deleteAccount('account:a1')).toBe(0);
});

test('keeps keys inside its folder', async () => {
  const store = new FolderStore(folder);
  for (const key of ['../x', 'a/../../x', '/etc/passwd', '', 'a//b', 'a/./b', String.raw`a\b`]) {
    expect(isObjectKey(key)).toBe(false);
    await expect(store.get(key)).rejects.toThrow('not valid');
  }
});

test('makes keys that belong to one account', () => {
  const key = objectKey('account:a1', 'exec:1', '../../Rechnung für März.pdf');
  expect(key).toBe('account_a1/exec_1/__.._Rechnung_fu_r_Ma_rz.pdf');
  expect(isObjectKey(key)).toBe(true);
  expect(belongsTo(key, 'account:a1')).toBe(true);
  expect(belongsTo(key, 'account:a')).toBe(false);
});
