/** Asks the product, as a client would. */
export class Api {
  constructor(
    readonly url: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  withToken(token: string): Api {
    return new Api(this.url, { authorization: `Bearer ${token}` });
  }

  /** @returns `data` of the answer. @throws Error with the answer unless it is a success */
  async ask<Data = unknown>(method: string, path: string, body?: unknown): Promise<Data> {
    const response = await fetch(this.url + path, {
      method,
      headers: { 'content-type': 'application/json', ...this.headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (JSON.parse(text) as { data: Data }).data;
  }
}
