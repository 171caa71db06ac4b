import type { HttpRequest, HttpRequester, HttpResponse } from '#http';
import type { Exchange } from './openapi/exchange.js';

/** Passes requests on and keeps every exchange that got an answer. */
export class RecordedHttp implements HttpRequester {
  readonly exchanges: Exchange[] = [];
  /** Requests that were handed over, answered or not. */
  sent = 0;
  /** While planned answers come that are none of the vendor's, only requests are worth holding against documents. */
  answersArePlanned = false;

  constructor(
    private readonly http: HttpRequester,
    private readonly sandboxUrl: string,
  ) {}

  async request(request: HttpRequest): Promise<HttpResponse> {
    this.sent += 1;
    const planned = this.answersArePlanned;
    const response = await this.http.request(request);
    const url = new URL(request.url);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.append(name, String(value));
    }
    this.exchanges.push({
      method: request.method,
      path: url.href.slice(this.sandboxUrl.length),
      requestHeaders: lowerCased(request.headers ?? {}),
      ...(request.form === undefined ? {} : { requestForm: request.form }),
      requestBody: request.json,
      status: response.status,
      contentType: response.headers['content-type'] ?? '',
      responseBody: parsed(response),
      planned,
    });
    return response;
  }
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function parsed(response: HttpResponse): unknown {
  const text = response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
