import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { hasObjectServer, startObjectServer, type ObjectServer } from '#testing';
import { allOf } from './content.js';
import { ObjectStoreError } from './object-store.js';
import { S3Store } from './s3-store.js';
import { startFaultyProxy, type Fault, type FaultyProxy } from './testing/faulty-proxy.js';

const KEY = 'account_a1/snapshots/part-0.parquet';
const OLD = Buffer.from('what was there before');
const LARGE = randomBytes(20_000_000);

async function* inChunks(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += 1_000_000) {
    yield await Promise.resolve(bytes.subarray(from, from + 1_000_000));
  }
}

const bucket = hasObjectServer() ? describe : describe.skip;
bucket('a bucket that fails', () => {
  let server: ObjectServer;
  let proxy: FaultyProxy;
  let store: S3Store;
  let direct: S3Store;

  beforeAll(async () => {
    server = await startObjectServer();
    proxy = await startFaultyProxy(server.url);
    const { pathname } = new URL(server.bucketUrl);
    const options = { region: server.region, credentials: server.credentials, silenceMs: 2_000 };
    store = new S3Store({ ...options, bucketUrl: proxy.url + pathname });
    direct = new S3Store({ ...options, bucketUrl: server.bucketUrl });
  });
  afterEach(() => {
    proxy.fault = () => undefined;
  });
  afterAll(async () => {
    await proxy.close();
    await server.stop();
  });

  /** The first `times` requests of a kind go wrong. */
  const fail = (fault: Fault, method: string, times: number): void => {
    let left = times;
    proxy.fault = (asked) => (asked === method && (left -= 1) >= 0 ? fault : undefined);
  };
  const whole = async (read: () => Promise<{ content: AsyncIterable<Uint8Array> } | null>): Promise<Buffer> =>
    allOf((await read())?.content ?? inChunks(Buffer.of()));
  const kept = () => whole(() => direct.read(KEY));

  it.each(['busy', 'cut-upload', 'silence'] as const)('is asked again: %s', async (fault) => {
    fail(fault, 'PUT', 2);
    await store.write(KEY, { content: inChunks(LARGE) });
    expect((await kept()).equals(LARGE)).toBe(true);
    fail(fault === 'cut-upload' ? 'busy' : fault, 'GET', 2);
    expect((await whole(() => store.read(KEY))).equals(LARGE)).toBe(true);
  });

  it.each(['busy', 'cut-upload', 'silence'] as const)('never keeps a part of a file: %s', async (fault) => {
    await direct.write(KEY, { content: inChunks(OLD) });
    for (const content of [LARGE, OLD]) {
      fail(fault, 'PUT', Infinity);
      await expect(store.write(KEY, { content: inChunks(content) })).rejects.toBeInstanceOf(ObjectStoreError);
    }
    expect(await kept()).toEqual(OLD);
  });

  it('leaves no parts behind that somebody pays for', async () => {
    let puts = 0;
    proxy.fault = (method) => (method === 'PUT' && (puts += 1) > 1 ? 'busy' : undefined);
    await expect(store.write(KEY, { content: inChunks(LARGE) })).rejects.toBeInstanceOf(ObjectStoreError);
    expect(proxy.requests.at(-1)).toMatchObject({ method: 'DELETE', path: expect.stringContaining('uploadId=') });
  });

  it('never passes on a part of a file as the whole', async () => {
    await direct.write(KEY, { content: inChunks(LARGE) });
    fail('cut-download', 'GET', Infinity);
    await expect(whole(() => store.read(KEY))).rejects.toBeInstanceOf(ObjectStoreError);
    await expect(store.get(KEY)).rejects.toBeInstanceOf(ObjectStoreError);
  });

  it('is not believed when the content has another checksum', async () => {
    await direct.put(KEY, { name: 'x', contentType: 'text/plain', bytes: OLD });
    fail('flip', 'GET', Infinity);
    await expect(store.get(KEY)).rejects.toBeInstanceOf(ObjectStoreError);
  });

  it('is a failure, never an absent file', async () => {
    fail('busy', 'GET', Infinity);
    await expect(store.get('account_a1/nothing')).rejects.toBeInstanceOf(ObjectStoreError);
    await expect(store.deleteFolder('account_a1')).rejects.toBeInstanceOf(ObjectStoreError);
    fail('busy', 'POST', Infinity);
    await expect(store.delete(KEY)).rejects.toBeInstanceOf(ObjectStoreError);
  });
});
