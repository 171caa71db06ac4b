import type { FastifyInstance } from 'fastify';
import { parseForm } from './form.js';

class UnreadableBody extends Error {
  readonly statusCode = 400;
}

/** JSON (an empty body is an empty object) and forms. */
export function addBodyParsers(app: FastifyInstance): void {
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? {} : JSON.parse(String(body)));
    } catch (error) {
      done(new UnreadableBody(`The body is not JSON: ${String(error)}`), undefined);
    }
  });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, parseForm(String(body)));
  });
}
