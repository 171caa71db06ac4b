import type { HttpRequest, HttpRequester, HttpResponse } from '#http';
import type { Exchange } from './openapi-document.js';

/** Passes requests on and keeps every exchange that got an answer. */
export class RecordedHttp implements HttpRequester {
  readonly exchanges: Exchange[] = [];

  constructor(
    private readonly http: HttpRequester,
    /** Part of the address that comes before the paths of the vendor's document. */
    private readonly base: string,
  ) {}

  async request(request: HttpRequest): Promise<HttpResponse> {
    const response = await this.http.request(request);
    const url = new URL(request.url);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.append(name, String(value));
    }
    this.exchanges.push({
      method: request.method,
      path: url.href.slice(this.base.length),
      requestBody: request.json,
      status: response.status,
      responseBody: parsed(response),
    });
    return response;
  }
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
