import { HttpClient, type HttpRequest, type HttpResponse } from '#http';
import { accountFolder, isObjectKey } from './object-key.js';
import { ObjectStoreError, type ObjectStore, type StoredObject } from './object-store.js';
import { signedHeaders, type S3Credentials } from './sign-request.js';

const NAME_HEADER = 'x-amz-meta-name';
const LARGEST_OBJECT = 64 * 1024 * 1024;
const DELETED_AT_ONCE = 8;
const TIMEOUT_MS = 60_000;

export interface S3Options extends S3Credentials {
  /** `https://s3.eu-central-1.amazonaws.com/bucket`: the bucket is the path. */
  bucketUrl: string;
  now?: () => Date;
}

/** Files in a bucket of any service that speaks S3. */
export class S3Store implements ObjectStore {
  readonly #options: S3Options;
  readonly #http = new HttpClient({ timeoutMs: TIMEOUT_MS, maxResponseBytes: LARGEST_OBJECT });

  constructor(options: S3Options) {
    this.#options = options;
  }

  async put(key: string, { name, contentType, bytes }: StoredObject): Promise<void> {
    const headers = { 'content-type': contentType, [NAME_HEADER]: encodeURIComponent(name.toWellFormed()) };
    expectStatus(await this.#call('PUT', key, headers, bytes), [200]);
  }

  async get(key: string): Promise<StoredObject | null> {
    const answer = expectStatus(await this.#call('GET', key), [200, 404]);
    if (answer.status === 404) return null;
    const { 'content-type': contentType = 'application/octet-stream', [NAME_HEADER]: name = '' } = answer.headers;
    return { name: decodeURIComponent(name), contentType, bytes: answer.bytes };
  }

  async delete(key: string): Promise<void> {
    expectStatus(await this.#call('DELETE', key), [200, 204, 404]);
  }

  /** Page by page from the start again: what was listed is gone before the next page is asked for. */
  async deleteAccount(accountId: string): Promise<number> {
    let count = 0;
    for (;;) {
      const keys = await this.#list(`${accountFolder(accountId)}/`);
      if (keys.length === 0) return count;
      for (let first = 0; first < keys.length; first += DELETED_AT_ONCE) {
        await Promise.all(keys.slice(first, first + DELETED_AT_ONCE).map((key) => this.delete(key)));
      }
      count += keys.length;
    }
  }

  async #list(prefix: string): Promise<string[]> {
    const query = `?${new URLSearchParams({ 'list-type': '2', prefix }).toString()}`;
    const { bytes } = expectStatus(await this.#send('GET', query), [200]);
    // Keys have no character that XML would write in another way.
    return [
      ...Buffer.from(bytes)
        .toString('utf8')
        .matchAll(/<Key>([^<]+)<\/Key>/g),
    ].flatMap(([, key]) => key ?? []);
  }

  #call(
    method: HttpRequest['method'],
    key: string,
    headers: Record<string, string> = {},
    body?: Uint8Array,
  ): Promise<HttpResponse> {
    if (!isObjectKey(key)) return Promise.reject(new ObjectStoreError('The key of the file is not valid'));
    return this.#send(method, `/${key}`, headers, body);
  }

  async #send(
    method: HttpRequest['method'],
    pathAndQuery: string,
    headers: Record<string, string> = {},
    body: Uint8Array = new Uint8Array(),
  ): Promise<HttpResponse> {
    const { bucketUrl, now = () => new Date() } = this.#options;
    const url = new URL(`${bucketUrl.replace(/\/+$/, '')}${pathAndQuery}`);
    const { host: _, ...signed } = signedHeaders({ method, url, headers, body }, this.#options, now());
    try {
      return await this.#http.request({ method, url: url.href, headers: signed, ...(method === 'PUT' && { body }) });
    } catch (error) {
      throw new ObjectStoreError('The bucket cannot be reached', { cause: error });
    }
  }
}

function expectStatus(answer: HttpResponse, statuses: readonly number[]): HttpResponse {
  if (statuses.includes(answer.status)) return answer;
  throw new ObjectStoreError(`The bucket answered ${answer.status}`);
}
