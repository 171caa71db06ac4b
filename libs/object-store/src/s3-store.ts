import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  type GetObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { basename } from 'node:path';
import { bucketOf } from './config.js';
import { allOf, complete, measured } from './content.js';
import { accountFolder, isObjectKey } from './object-key.js';
import { ObjectChangedError, ObjectStoreError } from './object-store.js';
import type {
  ObjectFacts,
  ObjectStore,
  ObjectToWrite,
  ReadObject,
  ReadRange,
  StoredObject,
  WrittenObject,
} from './object-store.js';

/** A write holds at most twice this in memory; 10,000 parts make 80 GB. */
const PART_BYTES = 8 * 1024 * 1024;
const PARTS_AT_ONCE = 2;
const ATTEMPTS = 4;
const CONNECT_MS = 5_000;
/** A transfer may last as long as it moves. */
const SILENCE_MS = 30_000;

export interface S3Options {
  /** `https://s3.eu-central-1.amazonaws.com/bucket`, or with a folder in the bucket behind it. */
  bucketUrl: string;
  region: string;
  /** (the role of the machine or pod) */
  credentials?: { accessKeyId: string; secretAccessKey: string };
  /** Longest silence of the bucket within a request, in milliseconds (30,000). */
  silenceMs?: number;
}

/** Files in a bucket of any service that speaks S3. The library checks what it sends and gets by checksums. */
export class S3Store implements ObjectStore {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;

  constructor({ bucketUrl, region, credentials, silenceMs = SILENCE_MS }: S3Options) {
    const { endpoint, bucket, prefix } = bucketOf(bucketUrl);
    this.#bucket = bucket;
    this.#prefix = prefix;
    this.#client = new S3Client({
      endpoint,
      region,
      forcePathStyle: true,
      maxAttempts: ATTEMPTS,
      requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: silenceMs },
      ...(credentials && { credentials }),
    });
  }

  async put(key: string, { name, contentType, bytes }: StoredObject): Promise<void> {
    const place = this.#placeOf(key);
    const command = new PutObjectCommand({ ...place, Body: bytes, ContentType: contentType, Metadata: labelled(name) });
    await answered(this.#client.send(command));
  }

  async get(key: string): Promise<StoredObject | null> {
    const found = await this.read(key);
    return found && { name: found.name, contentType: found.contentType, bytes: await allOf(found.content) };
  }

  async write(key: string, { content, name, contentType }: ObjectToWrite): Promise<WrittenObject> {
    const source = measured(content);
    const upload = new Upload({
      client: this.#client,
      partSize: PART_BYTES,
      queueSize: PARTS_AT_ONCE,
      params: {
        ...this.#placeOf(key),
        Body: ReadableStream.from(source.content),
        ContentType: contentType ?? 'application/octet-stream',
        Metadata: labelled(name ?? basename(key)),
      },
    });
    const { ETag: version = '' } = await answered(upload.done()).catch((error: unknown) => {
      throw source.failure() ?? error;
    });
    return { size: source.size(), sha256: source.sha256(), version };
  }

  async read(key: string, { from = 0, length, version }: ReadRange = {}): Promise<ReadObject | null> {
    const place = this.#placeOf(key);
    const part = from > 0 || length !== undefined;
    const last = length === undefined ? '' : from + length - 1;
    const range = part ? { Range: `bytes=${from}-${last}` } : {};
    const command = new GetObjectCommand({ ...place, ...range, ...(version !== undefined && { IfMatch: version }) });
    const found = await answered(this.#client.send(command)).catch(absent);
    return found && described(key, found, part);
  }

  async *list(folder: string): AsyncIterable<ObjectFacts> {
    const Prefix = `${this.#placeOf(folder).Key}/`;
    let after: string | undefined;
    do {
      const command = new ListObjectsV2Command({ Bucket: this.#bucket, Prefix, ContinuationToken: after });
      const page = await answered(this.#client.send(command));
      for (const { Key = '', Size = 0, ETag = '', LastModified = new Date(0) } of page.Contents ?? []) {
        yield { key: Key.slice(this.#prefix.length), size: Size, version: ETag, storedAt: LastModified };
      }
      after = page.NextContinuationToken;
    } while (after !== undefined);
  }

  async delete(key: string): Promise<void> {
    await this.#deleteAll([key]);
  }

  async deleteFolder(folder: string): Promise<number> {
    let count = 0;
    for (;;) {
      // From the start each time: what was listed is gone before the next page is asked for.
      const keys = await firstOf(this.list(folder), 1_000);
      if (keys.length === 0) return count;
      await this.#deleteAll(keys.map(({ key }) => key));
      count += keys.length;
    }
  }

  deleteAccount(accountId: string): Promise<number> {
    return this.deleteFolder(accountFolder(accountId));
  }

  async #deleteAll(keys: readonly string[]): Promise<void> {
    const Objects = keys.map((key) => ({ Key: this.#placeOf(key).Key }));
    const command = new DeleteObjectsCommand({ Bucket: this.#bucket, Delete: { Objects, Quiet: true } });
    const { Errors: [refused] = [] } = await answered(this.#client.send(command));
    if (refused !== undefined) throw new ObjectStoreError(`The bucket does not remove files: ${refused.Code}`);
  }

  #placeOf(key: string): { Bucket: string; Key: string } {
    if (!isObjectKey(key)) throw new ObjectStoreError('The key of the file is not valid');
    return { Bucket: this.#bucket, Key: this.#prefix + key };
  }
}

/** Headers carry plain characters only. */
const labelled = (name: string): Record<string, string> => ({ name: encodeURIComponent(name.toWellFormed()) });

async function answered<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof NoSuchKey || error instanceof ObjectStoreError) throw error;
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
    if (status === 412) throw new ObjectChangedError('The file was replaced meanwhile', { cause: error });
    const what = status === undefined ? 'cannot be reached' : `answered ${status}`;
    throw new ObjectStoreError(`The bucket ${what}`, { cause: error });
  }
}

function absent(error: unknown): null {
  if (error instanceof NoSuchKey) return null;
  throw error;
}

function described(key: string, found: GetObjectCommandOutput, part: boolean): ReadObject {
  const { Body, ContentLength = 0, ContentRange, ETag = '', LastModified = new Date(0), Metadata, ContentType } = found;
  const size = part ? Number(ContentRange?.split('/')[1] ?? ContentLength) : ContentLength;
  return {
    key,
    size,
    version: ETag,
    storedAt: LastModified,
    name: decodeURIComponent(Metadata?.['name'] ?? basename(key)),
    contentType: ContentType ?? 'application/octet-stream',
    content: complete(Body as unknown as AsyncIterable<Uint8Array>, ContentLength),
  };
}

async function firstOf<T>(all: AsyncIterable<T>, most: number): Promise<T[]> {
  const first: T[] = [];
  for await (const one of all) if (first.push(one) === most) break;
  return first;
}
