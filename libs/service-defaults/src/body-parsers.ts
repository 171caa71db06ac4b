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

/** Accepts JSON bodies only, and forms or files where a service says so. */
export function parseBodies(server: FastifyInstance, { forms, files }: { forms: boolean; files: boolean }): void {
  server.removeAllContentTypeParsers();
  // An empty header says nothing; it must not make a media type of its own.
  server.addHook('onRequest', (request, _reply, done) => {
    if (request.headers['content-type'] === '') delete request.headers['content-type'];
    done();
  });
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
  if (files) {
    const types = ['multipart/form-data', 'application/octet-stream'];
    server.addContentTypeParser(types, { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes));
  }
  if (forms) {
    server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) =>
      done(null, parseForm(String(text))),
    );
  }
}
