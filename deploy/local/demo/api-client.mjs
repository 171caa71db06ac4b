/** An answer that was not a success; the message is what the API said. */
export class ApiError extends Error {
  name = 'ApiError';

  constructor(method, path, status, body) {
    super(`${method} ${path} answered ${status}: ${body?.error ?? 'no reason given'}`);
    this.status = status;
  }
}

/** The public API as any client sees it: JSON over HTTP through the gateway. */
export class ApiClient {
  constructor(baseUrl, headers = {}) {
    this.baseUrl = baseUrl;
    this.headers = headers;
  }

  /** The same API in somebody's name: `{authorization}` or `{'x-api-key'}`. */
  as(headers) {
    return new ApiClient(this.baseUrl, headers);
  }

  get(path) {
    return this.call('GET', path);
  }

  post(path, body) {
    return this.call('POST', path, body);
  }

  /**
   * @returns `{status, headers, body, data}`; `data` is what the envelope holds
   * @throws ApiError for every status from 400 on
   */
  async call(method, path, body) {
    const answer = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...this.headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await answer.text();
    const parsed = text === '' ? undefined : JSON.parse(text);
    if (!answer.ok) throw new ApiError(method, path, answer.status, parsed);
    return { status: answer.status, headers: answer.headers, body: parsed, data: parsed?.data };
  }
}
