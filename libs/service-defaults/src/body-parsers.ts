import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#contracts';
import { parseJsonBody } from './parse-json.js';
import type { RouteSettings } from './route-config.js';

function parseForm(text: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = fields[name];
    fields[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
  }
  return fields;
}

const notTaken = (): Problem => new Problem(415, 'request.unsupported_media_type', 'Only application/json is accepted');

function takes(request: FastifyRequest, kind: 'form' | 'file'): boolean {
  const { api } = request.routeOptions.config as RouteSettings;
  return api?.bodies?.includes(kind) === true;
}

/** Accepts JSON bodies only, and forms or files on routes that say so. */
export function parseBodies(server: FastifyInstance): void {
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
  const files = ['multipart/form-data', 'application/octet-stream'];
  server.addContentTypeParser(files, { parseAs: 'buffer' }, (request, bytes, done) => {
    if (takes(request, 'file')) done(null, bytes);
    else done(notTaken());
  });
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (request, text, done) => {
    if (takes(request, 'form')) done(null, parseForm(String(text)));
    else done(notTaken());
  });
}
