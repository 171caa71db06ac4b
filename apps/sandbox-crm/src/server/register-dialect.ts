import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Access } from '../access/access.js';
import { Refusal, type Dialect, type Operation } from '../dialects/dialect.js';
import { isAccessToken } from '../access/oauth-grants.js';
import type { ContactHooks } from '../hooks/contact-hooks.js';
import type { EffectLog } from '../effects/effect-log.js';
import type { Meters } from '../meters/meters.js';
import type { Metered } from '../meters/window-counter.js';
import type { CrmStore } from '../store/crm-store.js';
import { send, type Answer } from './answer.js';
import type { Form } from './form.js';
import { serve, type Endpoint, type Outcome, type ServeParts } from './serve.js';

/** What every dialect works on. The store is asked for each time because a reset replaces it. */
export interface DialectParts extends ServeParts {
  store: () => CrmStore;
  access: Access;
  effects: EffectLog;
  meters: Meters;
  hooks: ContactHooks;
}

/** Adds a dialect's routes to the server, each run through the same steps. */
export function registerDialect(app: FastifyInstance, dialect: Dialect, parts: DialectParts): void {
  void app.register(
    (scope, _options, done) => {
      for (const operation of dialect.operations) {
        const endpoint: Endpoint = {
          dialect: dialect.name,
          base: dialect.base,
          operation: operation.name,
          faultBody: (status) => dialect.faultBody(status),
          contactIds: (params, body, query) => dialect.contactIds(params, body, query),
        };
        scope.route({
          method: operation.method,
          url: operation.path,
          handler: (request, reply) =>
            serve(endpoint, parts, request, reply, () => perform(dialect, operation, parts, request)),
        });
      }
      scope.setNotFoundHandler((request, reply) => {
        const refusal = new Refusal(404, `No such resource: ${request.method} ${request.url.split('?')[0]}`);
        return send(reply, dialect.refused(refusal));
      });
      scope.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) =>
        send(reply, dialect.refused(new Refusal(error.statusCode ?? 500, error.message))),
      );
      done();
    },
    { prefix: dialect.base },
  );
}

/** Authenticates and carries out the operation. */
function perform(dialect: Dialect, operation: Operation, parts: DialectParts, request: FastifyRequest): Outcome {
  const credential = dialect.credentialOf(request.headers);
  const access = parts.access.check(credential);
  if ('fault' in access) return { answer: dialect.unauthorized(access.fault), connection: '' };
  const { identity } = access;
  const metered = meter(dialect, operation, parts, identity.tenantId, credential ?? '');
  if (metered.refused !== undefined) return { answer: metered.refused, connection: identity.connection };
  parts.hooks.used(dialect.name, identity);
  const key = request.headers['idempotency-key'];
  const answer = refusable(dialect, () =>
    operation.handle({
      params: request.params as Record<string, string>,
      query: request.query as Form,
      body: request.body,
      headers: request.headers,
      identity,
      store: parts.store(),
      effect: (effect) => {
        parts.effects.add(dialect.name, effect, typeof key === 'string' ? key : undefined);
        parts.hooks.touched(effect.contactId, dialect.name);
      },
    }),
  );
  const headers = { ...answer.headers, ...dialect.standardHeaders(identity), ...metered.headers };
  return { answer: { ...answer, headers }, connection: identity.connection };
}

/** Counts the call as the vendor would, where that is wanted. */
function meter(
  dialect: Dialect,
  { path }: Operation,
  { meters }: DialectParts,
  account: string,
  credential: string,
): Metered {
  const byToken = isAccessToken(credential);
  const vendor = meters.get(dialect.name);
  return vendor?.admit({ account, credential, byToken, path, now: Date.now() }) ?? { headers: {} };
}

function refusable(dialect: Dialect, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return dialect.refused(error);
    throw error;
  }
}
