import type { Exchange } from '../vector-case.js';
import type { RecordedRequest } from '../world/scripted-http.js';
import { compareValues } from './compare-values.js';

/** Waits between attempts may be longer than asked by this share, so that many clients do not come at once. */
const JITTER = 1.25;

function bodyOf({ body = '' }: RecordedRequest): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Sent as text: compared as text.
    return body;
  }
}

/** Fields of a form, whichever of the two ways it was sent in. */
function fieldsOf(request: RecordedRequest): unknown {
  const body = bodyOf(request);
  return typeof body === 'string' ? Object.fromEntries(new URLSearchParams(body)) : body;
}

/** A credential must be carried: in the header that the case names, never in the address. */
function compareAuth(expected: unknown, request: RecordedRequest, path: string): string[] {
  const { in: place, ...credentials } = expected as Record<string, string>;
  const header = Object.entries(request.headers ?? {}).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  return Object.values(credentials).flatMap((credential) => {
    if (request.url.includes(`=${credential}`)) return [`${path} shows a credential in the address`];
    return header?.includes(credential) === true ? [] : [`${path} should carry a credential in ${String(place)}`];
  });
}

/** Parts of a multipart form, as cases describe them. */
function partsOf({ body = '', headers = {} }: RecordedRequest): unknown[] {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1];
  if (boundary === undefined) return [];
  return body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const [head = '', ...content] = part.slice(2, -2).split('\r\n\r\n');
      const filename = /filename="([^"]*)"/.exec(head)?.[1];
      return {
        name: /[; ]name="([^"]*)"/.exec(head)?.[1],
        ...(filename === undefined ? {} : { filename }),
        content: content.join('\r\n\r\n'),
      };
    });
}

function compareHeaders(expected: unknown, request: RecordedRequest, path: string): string[] {
  const sent = new Map(Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  // The boundary of a form is the sender's choice.
  const sentAs = (name: string): string | undefined =>
    sent.get(name.toLowerCase())?.replace(/^(multipart\/form-data);.*$/, '$1');
  return Object.entries(expected as Record<string, unknown>).flatMap(([name, value]) =>
    compareValues(value, sentAs(name), `${path}.${name}`, { requestBody: request.body ?? '' }),
  );
}

function compareTime(expected: unknown, sinceFirstMs: number, path: string): string[] {
  if (typeof expected !== 'number') return compareValues(expected, sinceFirstMs, path);
  return sinceFirstMs >= expected && sinceFirstMs <= expected * JITTER
    ? []
    : [`${path} should be ${expected} ms after the first, but is ${sinceFirstMs}`];
}

function compareRequest(expected: Record<string, unknown>, request: RecordedRequest, first: number, path: string) {
  const url = new URL(request.url);
  const parts: Record<string, () => string[]> = {
    method: () => compareValues(expected['method'], request.method, `${path}.method`),
    url: () => compareValues(expected['url'], `${url.origin}${url.pathname}`, `${path}.url`),
    path: () => compareValues(expected['path'], url.pathname, `${path}.path`),
    query: () => compareValues(expected['query'], Object.fromEntries(url.searchParams), `${path}.query`),
    headers: () => compareHeaders(expected['headers'], request, `${path}.headers`),
    body: () =>
      typeof expected['body'] === 'string'
        ? compareValues(expected['body'], request.body ?? '', `${path}.body`)
        : compareValues(expected['body'], bodyOf(request), `${path}.body`),
    form: () => compareValues(expected['form'], Object.fromEntries(new URLSearchParams(request.body)), `${path}.form`),
    form_or_json: () => compareValues(expected['form_or_json'], fieldsOf(request), `${path}.form_or_json`),
    multipart: () => compareValues(expected['multipart'], partsOf(request), `${path}.multipart`),
    auth: () => compareAuth(expected['auth'], request, `${path}.auth`),
    content_type: () => compareHeaders({ 'Content-Type': expected['content_type'] }, request, path),
    timeout_ms: () => compareValues(expected['timeout_ms'], request.timeoutMs, `${path}.timeout_ms`),
    after_ms: () => compareTime(expected['after_ms'], request.atMs - first, `${path}.after_ms`),
  };
  return Object.keys(expected).flatMap((key) => parts[key]?.() ?? [`this runner cannot compare ${path}.${key}`]);
}

/** Questions to a look-up service: another service may be asked for the same answer, and none for what is known. */
const isLookup = (url: unknown): boolean => /^https?:\/\/(pro\.)?ip-api\.com\//.test(String(url));

function compareLookups(expected: readonly Exchange[], requests: readonly RecordedRequest[]): string[] {
  const wanted = new Set(expected.map(({ request }) => URL.parse(String(request['url']))?.pathname));
  return requests
    .filter(({ url }) => !wanted.has(new URL(url).pathname))
    .map(({ url }) => `http: ${new URL(url).pathname} should not be looked up`);
}

/** Compares the requests that were made with those of the case, in their order. */
export function compareHttp(expected: readonly Exchange[], requests: readonly RecordedRequest[]): string[] {
  const lookups = expected.filter(({ request }) => isLookup(request['url']));
  const others = expected.filter(({ request }) => !isLookup(request['url']));
  return [
    ...compareLookups(
      lookups,
      requests.filter(({ url }) => isLookup(url)),
    ),
    ...compareInOrder(
      others,
      requests.filter(({ url }) => !isLookup(url)),
    ),
  ];
}

function compareInOrder(expected: readonly Exchange[], requests: readonly RecordedRequest[]): string[] {
  const first = requests[0]?.atMs ?? 0;
  const problems = expected.flatMap(({ request: wanted }, index) => {
    const request = requests[index];
    const path = `http[${index}]`;
    if (request === undefined)
      return [`${path} should be ${String(wanted['method'])} ${String(wanted['url'])}, but was not sent`];
    return compareRequest(wanted, request, first, path);
  });
  const more = requests.slice(expected.length).map(({ method, url }) => `http: ${method} ${url} should not be sent`);
  return [...problems, ...more];
}
