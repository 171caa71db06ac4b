import { setTimeout as pause } from 'node:timers/promises';

const MOST_TRIES = 20;

/** Asks the product, as a client would. */
export class Api {
  constructor(
    readonly url: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  withToken(token: string): Api {
    return new Api(this.url, { authorization: `Bearer ${token}` });
  }

  /**
   * A service that says it is not available is asked again: what is tested keeps it busy.
   * @returns `data` of the answer. @throws Error with the answer unless it is a success
   */
  async ask<Data = unknown>(method: string, path: string, body?: unknown): Promise<Data> {
    for (let tries = 1; ; tries += 1) {
      const response = await fetch(this.url + path, {
        method,
        headers: { 'content-type': 'application/json', ...this.headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(30_000),
      });
      const text = await response.text();
      if (response.ok) return (JSON.parse(text) as { data: Data }).data;
      if (response.status !== 503 || tries === MOST_TRIES) {
        throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
      }
      await pause(Number(response.headers.get('retry-after') ?? 1) * 1_000);
    }
  }
}
