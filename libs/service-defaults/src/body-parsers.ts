import type { FastifyInstance } from 'fastify';
import { parseJsonBody } from './parse-json.js';

function parseForm(text: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = fields[name];
    fields[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
  }
  return fields;
}

/** Accepts JSON bodies only; a service that speaks to older clients may accept HTML forms too. */
export function parseBodies(server: FastifyInstance, { forms }: { forms: boolean }): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    ['application/json', 'application/*+json'],
    { parseAs: 'string' },
    (_request, text, done) => {
      try {
        done(null, parseJsonBody(String(text)));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  if (forms) {
    server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) =>
      done(null, parseForm(String(text))),
    );
  }
}
