import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openObjectStore } from './open-object-store.js';
import { ObjectStoreConfig } from './config.js';
import { ObjectStoreError, type ObjectStore } from './object-store.js';
import { signedHeaders } from './sign-request.js';

/** Keys in one list; a real bucket has a thousand. */
const PAGE = 10;
const credentials = { region: 'eu-test-1', accessKeyId: 'AKTEST', secretAccessKey: 'secret' };

interface Kept {
  headers: Record<string, string>;
  body: Buffer;
}

/** A bucket that checks every signature. */
const kept = new Map<string, Kept>();
let server: Server;
let store: ObjectStore;
let failing = false;

const instant = (stamp: string): Date =>
  new Date(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

function isSigned(method: string, path: string, headers: Record<string, string>, body: Buffer): boolean {
  const authorization = headers['authorization'] ?? '';
  const names = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(';') ?? [];
  const signed = Object.fromEntries(names.map((name) => [name, headers[name] ?? '']));
  const url = new URL(path, `http://${headers['host']}`);
  const wanted = signedHeaders(
    { method, url, headers: signed, body },
    credentials,
    instant(headers['x-amz-date'] ?? ''),
  );
  return names.length >= 3 && wanted['authorization'] === authorization;
}

beforeEach(async () => {
  failing = false;
  kept.clear();
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '' } = request;
      const headers = request.headers as Record<string, string>;
      const body = Buffer.concat(chunks);
      if (failing) return response.writeHead(503).end();
      if (!isSigned(method, path, headers, body)) return response.writeHead(403).end('SignatureDoesNotMatch');
      const listed = new URL(path, 'http://bucket').searchParams;
      if (listed.get('list-type') === '2') {
        const keys = [...kept.keys()].map((one) => one.slice('/files/'.length));
        const page = keys.filter((key) => key.startsWith(listed.get('prefix') ?? '')).slice(0, PAGE);
        const entries = page.map((key) => `<Contents><Key>${key}</Key><Size>3</Size></Contents>`);
        return response.writeHead(200).end(`<ListBucketResult>${entries.join('')}</ListBucketResult>`);
      }
      const found = kept.get(path);
      if (method === 'PUT') {
        kept.set(path, { headers, body });
        return response.writeHead(200).end();
      }
      if (method === 'DELETE') {
        kept.delete(path);
        return response.writeHead(204).end();
      }
      if (found === undefined) return response.writeHead(404).end('NoSuchKey');
      const { 'content-type': type = '', 'x-amz-meta-name': name = '' } = found.headers;
      return response.writeHead(200, { 'content-type': type, 'x-amz-meta-name': name }).end(found.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  store = openObjectStore(
    ObjectStoreConfig.parse({
      MFH_OBJECTS_S3_URL: `http://127.0.0.1:${port}/files/`,
      MFH_OBJECTS_S3_REGION: credentials.region,
      MFH_OBJECTS_S3_ACCESS_KEY_ID: credentials.accessKeyId,
      MFH_OBJECTS_S3_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    }),
  );
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const file = { name: 'Über uns.pdf', contentType: 'application/pdf', bytes: Buffer.from([0, 255, 7]) };

test('gives back what was put', async () => {
  await store.put('a/b/c.pdf', file);
  expect([...kept.keys()]).toEqual(['/files/a/b/c.pdf']);
  expect(await store.get('a/b/c.pdf')).toEqual(file);
});

test('knows nothing of other keys, and of removed ones', async () => {
  await store.put('a/b', file);
  await store.delete('a/b');
  expect(await store.get('a/b')).toBeNull();
});

test('removes all files of an account, however many, and of nobody else', async () => {
  for (let index = 0; index < 2 * PAGE + 1; index += 1) await store.put(`account_a1/exec_${index}/c.pdf`, file);
  await store.put('account_a11/exec_1/c.pdf', file);
  expect(await store.deleteAccount('account:a1')).toBe(2 * PAGE + 1);
  expect([...kept.keys()]).toEqual(['/files/account_a11/exec_1/c.pdf']);
  expect(await store.deleteAccount('account:a1')).toBe(0);
});

test('a bucket that fails is a failure, never an absent file', async () => {
  failing = true;
  await expect(store.get('a/b')).rejects.toBeInstanceOf(ObjectStoreError);
  await expect(store.put('a/b', file)).rejects.toBeInstanceOf(ObjectStoreError);
  await expect(store.deleteAccount('account:a1')).rejects.toBeInstanceOf(ObjectStoreError);
});

test('a bucket needs its credentials', () => {
  const parsed = ObjectStoreConfig.safeParse({ MFH_OBJECTS_S3_URL: 'https://s3.example.com/files' });
  expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual([
    'MFH_OBJECTS_S3_ACCESS_KEY_ID',
    'MFH_OBJECTS_S3_SECRET_ACCESS_KEY',
  ]);
});
