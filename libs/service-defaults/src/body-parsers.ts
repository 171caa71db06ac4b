import type { FastifyInstance } from 'fastify';
import { Problem } from '#contracts';

/** Reads JSON; an absent body counts as `{}` because browsers send a JSON content type without one. */
function parseJson(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem(400, 'request.invalid_body', 'The body is not valid JSON', { cause });
  }
}

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
        done(null, parseJson(String(text)));
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
