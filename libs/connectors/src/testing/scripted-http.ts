import { HttpFailure, type HttpRequest, type HttpRequester, type HttpResponse } from '#http';

export type Scripted =
  { status: number; json?: unknown; text?: string; headers?: Record<string, string> } | HttpFailure;

/** A far side for tests: answers one request after the other as told, the last answer for ever. */
export class ScriptedHttp implements HttpRequester {
  readonly requests: HttpRequest[] = [];

  constructor(private readonly script: Scripted[]) {}

  request(request: HttpRequest): Promise<HttpResponse> {
    this.requests.push(request);
    const next = this.script[Math.min(this.requests.length, this.script.length) - 1];
    if (next === undefined) return Promise.reject(new Error(`No answer for ${request.method} ${request.url}`));
    if (next instanceof HttpFailure) return Promise.reject(next);
    const text = next.text ?? (next.json === undefined ? '' : JSON.stringify(next.json));
    return Promise.resolve({
      status: next.status,
      headers: next.headers ?? {},
      url: request.url,
      bytes: Buffer.from(text),
      text: () => text,
      json: () => {
        try {
          return JSON.parse(text) as unknown;
        } catch {
          throw new HttpFailure('invalid_json', 'not JSON', true);
        }
      },
    });
  }
}

export const lost = (sent: boolean): HttpFailure => new HttpFailure('network', 'lost', sent);
