/** Ids that belong nowhere, as they stand in a path. */
export const HOSTILE_IDS: readonly string[] = [
  '%00',
  'helper:1%00',
  '..%2f..%2finternal%2fopenapi.json',
  '..%5c..',
  '%E0%A4%A',
  '$ne',
  '%7B%22$gt%22:%22%22%7D',
  "'%20OR%201=1--",
  '__proto__',
  'constructor',
  '%0d%0aset-cookie:%20a=b',
  'x'.repeat(400),
  '%F0%9F%92%A3',
  '-1',
];
/** Queries that no route means. */
export const HOSTILE_QUERIES: readonly string[] = [
  'limit[$gt]=1',
  'limit=1&limit=2',
  'cursor=%00',
  'cursor=e30',
  '__proto__[a]=1',
  'a=%E0%A4%A',
  '%00=1',
];

/** Bodies that are no JSON, or no JSON that anybody may send, with what is wrong with them. */
export const BROKEN_BODIES: [what: string, body: string][] = [
  ['that breaks off', '{"name":'],
  ['with something behind it', '{} {}'],
  ['with a name twice', '{"name":"a","name":"b"}'],
  ['with a name twice, once escaped', String.raw`{"name":"a","n\u0061me":"b"}`],
  ['that reaches into a prototype', '{"__proto__":{"role":"owner"}}'],
  ['nested deeper than anything means', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
  ['with a null character in a name', String.raw`{"a\u0000b":1}`],
  ['that is not UTF-8 of JSON', '\u0000\u0001'],
];

export const HOST = 'host: localhost';

/** Heads of requests that two servers could read differently, with what is wrong with them. */
export const HARDLY_HTTP: [what: string, lines: string[]][] = [
  ['two lengths', ['POST /auth/login HTTP/1.1', HOST, 'content-length: 5', 'content-length: 6']],
  ['a length and chunks', ['POST /auth/login HTTP/1.1', HOST, 'content-length: 5', 'transfer-encoding: chunked']],
  ['a header over two lines', ['GET /health HTTP/1.1', HOST, 'x-a: b', ' c: d']],
  ['a header without a name', ['GET /health HTTP/1.1', HOST, ': b']],
  ['no host', ['GET /health HTTP/1.1']],
  ['no such method', ['BREW /health HTTP/1.1', HOST]],
  ['a null in a header', ['GET /health HTTP/1.1', HOST, 'x-a: \0']],
];
