import type { HttpRequest, HttpRequester, HttpResponse } from '#http';

/** A vendor without latency: answers each request as it was answered before. */
export class ReplayHttp implements HttpRequester {
  readonly #answers = new Map<string, HttpResponse>();
  #source: HttpRequester | undefined;

  /** Takes answers from there until `replay`. */
  record(source: HttpRequester): void {
    this.#answers.clear();
    this.#source = source;
  }

  replay(): void {
    this.#source = undefined;
  }

  async request(request: HttpRequest): Promise<HttpResponse> {
    const key = keyOf(request);
    if (this.#source !== undefined) this.#answers.set(key, await this.#source.request(request));
    const answer = this.#answers.get(key);
    if (answer === undefined) throw new Error(`${key} was not asked before`);
    return answer;
  }

  /** What a request costs without a connector: the call, and the reading of its answer. */
  async bareCall(): Promise<void> {
    for (const answer of this.#answers.values()) {
      await Promise.resolve(answer);
      if (answer.bytes.length > 0) answer.json();
    }
  }

  get size(): number {
    return this.#answers.size;
  }
}

/** Bodies do not count: some hold the time. */
function keyOf({ method, url, query }: HttpRequest): string {
  return `${method} ${url} ${query === undefined ? '' : JSON.stringify(query)}`;
}
