import type { FastifyInstance } from 'fastify';

/** An id whose colon is still escaped after the usual decoding, because a page encoded it twice. */
const ESCAPED_ID = /^[a-z]{3,12}%3a[A-Za-z0-9-]{1,64}$/i;

const decodeOnce = (text: string): string =>
  text.split(',').every((part) => ESCAPED_ID.test(part)) ? text.replace(/%3a/gi, ':') : text;

function decodeIds(values: unknown): void {
  if (typeof values !== 'object' || values === null) return;
  const fields = values as Record<string, unknown>;
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') fields[name] = decodeOnce(value);
    else if (Array.isArray(value)) {
      fields[name] = value.map((item: unknown) => (typeof item === 'string' ? decodeOnce(item) : item));
    }
  }
}

/** Ids in paths and queries may arrive encoded twice (`helper%253A…`); they are decoded before anything looks them up. */
export function decodeDoublyEncodedIds(server: FastifyInstance): void {
  server.addHook('preValidation', (request, _reply, done) => {
    if (request.raw.url?.includes('%25') === true) {
      decodeIds(request.params);
      decodeIds(request.query);
    }
    done();
  });
}
