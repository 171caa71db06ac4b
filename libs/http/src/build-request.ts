import { HttpFailure } from './http-failure.js';
import type { HttpRequest } from './http-message.js';

export interface BuiltRequest {
  url: URL;
  headers: Record<string, string>;
  body: string | Uint8Array | undefined;
}

/** The URL, headers and body as they go out. @throws HttpFailure `invalid_request` */
export function buildRequest(request: HttpRequest, userAgent: string): BuiltRequest {
  const url = URL.parse(request.url);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new HttpFailure('invalid_request', 'The address is not a valid http or https URL', false);
  }
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) url.searchParams.append(name, String(value));
  }
  const headers: Record<string, string> = { 'user-agent': userAgent, 'accept-encoding': 'gzip, br' };
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value;

  if (request.json !== undefined) {
    headers['content-type'] ??= 'application/json';
    return { url, headers, body: JSON.stringify(request.json) };
  }
  if (request.form !== undefined) {
    headers['content-type'] ??= 'application/x-www-form-urlencoded';
    return { url, headers, body: new URLSearchParams(request.form).toString() };
  }
  return { url, headers, body: request.body };
}
