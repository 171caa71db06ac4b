import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { HelperFailure } from '#helpers';
import { ObjectStoreConfig, openObjectStore } from '#object-store';
import { accountFiles } from './account-files.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const store = () => openObjectStore(ObjectStoreConfig.parse({ MFH_OBJECTS_FOLDER: folder }));
const file = { name: 'a b.txt', contentType: 'text/plain', bytes: Buffer.from('hello') };

test('the same execution and name give the same key', async () => {
  const files = accountFiles(store(), 'account:a1', 'exec:1');
  const first = await files.put(file);
  expect(await files.put(file)).toEqual(first);
  expect(first).toEqual({ key: 'account_a1/exec_1/a_b.txt', size: 5 });
  expect(await files.get(first.key)).toEqual(file);
});

test('nobody reads the files of another account', async () => {
  const { key } = await accountFiles(store(), 'account:a1', 'exec:1').put(file);
  const stranger = accountFiles(store(), 'account:a2', 'exec:2');
  expect(await stranger.get(key)).toBeNull();
  expect(await stranger.get(`account_a2/../${key}`)).toBeNull();
  expect(await stranger.get('/etc/passwd')).toBeNull();
});

test('a store that cannot be used is a reason to try again', async () => {
  const broken = openObjectStore(ObjectStoreConfig.parse({ MFH_OBJECTS_FOLDER: '/dev/null/x' }));
  const putting = accountFiles(broken, 'account:a1', 'exec:1').put(file);
  await expect(putting).rejects.toBeInstanceOf(HelperFailure);
  await expect(putting).rejects.toMatchObject({ code: 'file_store_error', failureClass: 'retry' });
});
