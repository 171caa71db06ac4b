import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Problem, unavailable } from '#contracts';
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

/** Room without end. */
const plenty = () => Promise.resolve();

test('the same execution and name give the same key', async () => {
  const files = accountFiles(store(), { accountId: 'account:a1', executionId: 'exec:1' }, plenty);
  const first = await files.put(file);
  expect(await files.put(file)).toEqual(first);
  expect(first).toEqual({ key: 'account_a1/exec_1/a_b.txt', size: 5 });
  expect(await files.get(first.key)).toEqual(file);
});

test('nobody reads the files of another account', async () => {
  const { key } = await accountFiles(store(), { accountId: 'account:a1', executionId: 'exec:1' }, plenty).put(file);
  const stranger = accountFiles(store(), { accountId: 'account:a2', executionId: 'exec:2' }, plenty);
  expect(await stranger.get(key)).toBeNull();
  expect(await stranger.get(`account_a2/../${key}`)).toBeNull();
  expect(await stranger.get('/etc/passwd')).toBeNull();
});

test('a store that cannot be used is a reason to try again', async () => {
  const broken = openObjectStore(ObjectStoreConfig.parse({ MFH_OBJECTS_FOLDER: '/dev/null/x' }));
  const putting = accountFiles(broken, { accountId: 'account:a1', executionId: 'exec:1' }, plenty).put(file);
  await expect(putting).rejects.toBeInstanceOf(HelperFailure);
  await expect(putting).rejects.toMatchObject({ code: 'file_store_error', failureClass: 'retry' });
});

test('a file that the plan has no room for is not stored, and a question without answer is asked again', async () => {
  const parts = { accountId: 'account:a1', executionId: 'exec:1' };
  const full = new Problem(403, 'billing.limit_reached', 'Your Sandbox plan allows 0.5 GB of files.');
  const refusing = accountFiles(store(), parts, (key, size) => {
    expect([key, size]).toEqual(['account_a1/exec_1/a_b.txt', 5]);
    return Promise.reject(full);
  });
  const refused = refusing.put(file);
  await expect(refused).rejects.toMatchObject({ code: 'storage_limit_reached', failureClass: 'give_up' });
  expect(await refusing.get('account_a1/exec_1/a_b.txt')).toBeNull();
  const silent = accountFiles(store(), parts, () => Promise.reject(unavailable('The service helpers')));
  await expect(silent.put(file)).rejects.toMatchObject({ code: 'file_store_error', failureClass: 'retry' });
});
