import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeInstanceLock } from './instance-lock.mjs';

let folder, file;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mfh-lock-'));
  file = join(folder, 'instance.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('refuses a second owner and says where the first one is', async () => {
  const lock = await takeInstanceLock(file, 'http://127.0.0.1:8080');
  await expect(takeInstanceLock(file, 'http://127.0.0.1:8080')).rejects.toThrow(
    `MyFusion Helper is already running from this folder: http://127.0.0.1:8080 (process ${process.pid}`,
  );
  lock.release();
  const next = await takeInstanceLock(file, 'http://127.0.0.1:8080');
  next.release();
});

it('takes over from an owner that was killed, with what that left behind', async () => {
  const first = await takeInstanceLock(file, 'x');
  first.record('mongod', 4711);
  const left = readFileSync(file, 'utf8');
  first.release();
  writeFileSync(file, left);
  const second = await takeInstanceLock(file, 'x');
  expect(second.leftovers).toEqual([{ name: 'mongod', pid: 4711 }]);
  second.release();
});

it('takes over from a file that is no record', async () => {
  writeFileSync(file, 'half writ');
  const lock = await takeInstanceLock(file, 'x');
  expect(lock.leftovers).toEqual([]);
  lock.release();
});
