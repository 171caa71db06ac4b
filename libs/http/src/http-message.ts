/** One outgoing request. At most one of `body`, `json` and `form` is given. */
export interface HttpRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  url: string;
  headers?: Record<string, string>;
  /** Appended to the URL's own query; undefined values are left out. */
  query?: Record<string, string | number | boolean | undefined>;
  body?: string | Uint8Array;
  json?: unknown;
  form?: Record<string, string>;
  /** For the whole exchange, redirects included. */
  timeoutMs?: number;
  /** Largest answer body accepted, in bytes after decompression. */
  maxResponseBytes?: number;
  signal?: AbortSignal | undefined;
}

/** What a method of a URL may be asked with; kept small so that fakes are easy to write. */
export interface HttpRequester {
  /** @throws HttpFailure when there is no complete answer; an answer of any status is no failure. */
  request(request: HttpRequest): Promise<HttpResponse>;
}

/** A complete answer. Its body is in memory, never larger than the request allowed. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; repeated headers are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** The address that answered, after redirects. */
  readonly url: string;
  readonly bytes: Uint8Array;
  text(): string;
  /** @throws HttpFailure of kind `invalid_json`; its message never shows the body. */
  json(): unknown;
}
