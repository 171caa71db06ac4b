import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hasObjectServer, startObjectServer, type ObjectServer } from '#testing';
import { allOf } from './content.js';
import { ObjectChangedError, ObjectStoreError, type ObjectFacts, type ObjectStore } from './object-store.js';
import { openObjectStore } from './open-object-store.js';
import { objectStoreConfig } from './testing/object-store-config.js';

const file = { name: 'Über uns.pdf', contentType: 'application/pdf', bytes: Buffer.from([0, 255, 7]) };
/** Three parts of an upload. */
const LARGE = randomBytes(20_000_000);

async function* inChunks(bytes: Buffer, size = 300_000): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield await Promise.resolve(bytes.subarray(from, from + size));
}

async function* brokenAfter(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield* inChunks(bytes);
  throw new RangeError('the source broke');
}

async function listed(facts: AsyncIterable<ObjectFacts>): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for await (const { key, size } of facts) found[key] = size;
  return found;
}

interface Kept {
  store: ObjectStore;
  stop(): Promise<void>;
}

async function inFolder(): Promise<Kept> {
  const folder = await mkdtemp(join(tmpdir(), 'objects-'));
  const stop = async () => {
    const left = (await readdir(folder, { recursive: true })).filter((name) => /\.object\..*\./.test(name));
    await rm(folder, { recursive: true });
    expect(left).toEqual([]);
  };
  return { store: openObjectStore(objectStoreConfig({ MFH_OBJECTS_FOLDER: folder })), stop };
}

async function inBucket(prefix: string): Promise<Kept> {
  const server: ObjectServer = await startObjectServer();
  const store = openObjectStore(
    objectStoreConfig({ ...server.settings, MFH_OBJECTS_S3_URL: server.bucketUrl + prefix }),
  );
  return { store, stop: () => server.stop() };
}

const bucket = hasObjectServer() ? describe : describe.skip;
if (!hasObjectServer()) process.stderr.write('SKIPPED: files in a bucket were not tested: versitygw is not there\n');

describe('files in a folder', () => {
  storing(inFolder);
});
bucket('files in a bucket', () => {
  storing(() => inBucket(''));
});
bucket('files in a part of a bucket', () => {
  storing(() => inBucket('/staging/files/'));
});

function storing(start: () => Promise<Kept>): void {
  let kept: Kept;
  let store: ObjectStore;
  beforeAll(async () => {
    kept = await start();
    ({ store } = kept);
  });
  afterAll(() => kept.stop());
  const fresh = (): string => `account_a1/${randomUUID()}`;

  it('gives back what was put, and replaces it', async () => {
    const key = fresh();
    await store.put(key, file);
    expect(await store.get(key)).toEqual(file);
    await store.put(key, { ...file, bytes: Buffer.from('two') });
    expect(await store.get(key)).toEqual({ ...file, bytes: Buffer.from('two') });
  });

  it('knows nothing of other keys, and of removed ones', async () => {
    const key = fresh();
    await store.put(key, file);
    await store.delete(key);
    await store.delete(key);
    expect(await store.get(key)).toBeNull();
    expect(await store.read(fresh())).toBeNull();
  });

  it('streams files of any size, and says what they were', async () => {
    const key = fresh();
    const written = await store.write(key, { content: inChunks(LARGE), contentType: 'application/parquet' });
    expect(written).toEqual({
      size: LARGE.length,
      sha256: createHash('sha256').update(LARGE).digest('hex'),
      version: expect.any(String),
    });
    const { content, ...facts } = (await store.read(key)) ?? { content: inChunks(Buffer.of()) };
    expect(facts).toEqual({
      key,
      size: LARGE.length,
      version: written.version,
      storedAt: expect.any(Date),
      name: key.split('/')[1],
      contentType: 'application/parquet',
    });
    expect((await allOf(content)).equals(LARGE)).toBe(true);
  });

  it('streams empty files', async () => {
    const key = fresh();
    expect(await store.write(key, { content: inChunks(Buffer.of()) })).toMatchObject({ size: 0 });
    expect((await store.get(key))?.bytes).toHaveLength(0);
  });

  it('gives a part of a file, of one version only', async () => {
    const key = fresh();
    const { version } = await store.write(key, { content: inChunks(LARGE) });
    const part = await store.read(key, { from: 5_000_000, length: 1_000, version });
    expect(part).toMatchObject({ size: LARGE.length, version });
    expect((await allOf(part?.content ?? inChunks(LARGE))).equals(LARGE.subarray(5_000_000, 5_001_000))).toBe(true);
    const rest = await store.read(key, { from: LARGE.length - 7 });
    expect((await allOf(rest?.content ?? inChunks(LARGE))).equals(LARGE.subarray(-7))).toBe(true);
    await store.put(key, file);
    await expect(store.read(key, { from: 1, version })).rejects.toBeInstanceOf(ObjectChangedError);
  });

  it('keeps what is there while the new content is not whole', async () => {
    const key = fresh();
    await store.put(key, file);
    await expect(store.write(key, { content: brokenAfter(LARGE) })).rejects.toThrow(RangeError);
    await expect(store.write(key, { content: brokenAfter(Buffer.from('x')) })).rejects.toThrow(RangeError);
    expect(await store.get(key)).toEqual(file);
  });

  it('lets a reader finish the version it began', async () => {
    const key = fresh();
    await store.write(key, { content: inChunks(LARGE) });
    const reading = await store.read(key);
    await store.put(key, file);
    expect((await allOf(reading?.content ?? inChunks(file.bytes))).equals(LARGE)).toBe(true);
  });

  it('lists and removes a folder, and nothing of others', async () => {
    const folder = fresh();
    for (let n = 0; n < 12; n += 1) await store.put(`${folder}/deep/${n}.bin`, file);
    await store.put(`${folder}x/other.bin`, file);
    const all = await listed(store.list(folder));
    expect(Object.keys(all)).toHaveLength(12);
    expect(all[`${folder}/deep/3.bin`]).toBe(3);
    expect(await store.deleteFolder(folder)).toBe(12);
    expect(await store.deleteFolder(folder)).toBe(0);
    expect(await listed(store.list(folder))).toEqual({});
    expect(await listed(store.list(`${folder}x`))).toEqual({ [`${folder}x/other.bin`]: 3 });
  });

  it('removes all files of an account, however many, and of nobody else', async () => {
    const keys = Array.from({ length: 1_100 }, (_, n) => `account_a2/exec_${n}`);
    for (let from = 0; from < keys.length; from += 50) {
      await Promise.all(keys.slice(from, from + 50).map((key) => store.put(key, file)));
    }
    await store.put('account_a22/exec_1', file);
    expect(await store.deleteAccount('account:a2')).toBe(1_100);
    expect(await store.deleteAccount('account:a2')).toBe(0);
    expect(await store.get('account_a22/exec_1')).toEqual(file);
  });

  it('keeps keys inside itself', async () => {
    for (const key of ['../x', 'a/../../x', '/etc/passwd', '', 'a//b', 'a/./b', String.raw`a\b`]) {
      await expect(store.get(key)).rejects.toBeInstanceOf(ObjectStoreError);
      await expect(store.deleteFolder(key)).rejects.toBeInstanceOf(ObjectStoreError);
    }
  });
}
