import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OAuthGrants } from '../access/oauth-grants.js';
import type { EffectLog } from '../effects/effect-log.js';
import type { FaultRules } from '../faults/fault-rules.js';
import type { SeedSettings } from '../seed/seed-crm.js';
import { one, type Form } from '../server/form.js';
import type { RequestLog } from '../server/request-log.js';
import type { CrmStore } from '../store/crm-store.js';
import { adminContact } from './admin-contact.js';
import { readConnection, readFaultRules, readSeedSettings, type Read } from './admin-input.js';
import { sameSecret } from './same-secret.js';

export interface AdminParts {
  secret: string;
  store: () => CrmStore;
  effects: EffectLog;
  faults: FaultRules;
  requests: RequestLog;
  grants: OAuthGrants;
  settings: () => SeedSettings;
  /** Replaces the store, and clears the logs and the faults. */
  reset: (settings: SeedSettings) => void;
}

/** The routes by which tests and people steer the sandbox; every one needs the header `x-sandbox-admin`. */
export function registerAdmin(app: FastifyInstance, parts: AdminParts): void {
  void app.register(
    (scope, _options, done) => {
      scope.addHook('onRequest', (request, reply, next) => {
        if (isAdmin(request, parts.secret)) next();
        else void reply.code(401).send({ error: 'The header x-sandbox-admin is missing or wrong' });
      });
      effectRoutes(scope, parts);
      faultRoutes(scope, parts);
      stateRoutes(scope, parts);
      done();
    },
    { prefix: '/_admin' },
  );
}

function isAdmin(request: FastifyRequest, secret: string): boolean {
  const given = request.headers['x-sandbox-admin'];
  return typeof given === 'string' && sameSecret(given, secret);
}

function effectRoutes(scope: FastifyInstance, { effects, requests, grants }: AdminParts): void {
  scope.get<{ Querystring: Form }>('/effects', ({ query }) =>
    effects.find({ contactId: given(query, 'contact_id'), operation: given(query, 'operation'), ...range(query) }),
  );
  scope.delete('/effects', (_request, reply) => {
    effects.clear();
    return reply.code(204).send();
  });
  scope.get<{ Querystring: Form }>('/requests', ({ query }) => ({
    total: requests.total,
    by_operation: requests.counts(),
    token_refreshes: grants.refreshes,
    requests: requests.find({ operation: given(query, 'operation'), ...range(query) }),
  }));
  scope.delete('/requests', (_request, reply) => {
    requests.clear();
    return reply.code(204).send();
  });
}

function faultRoutes(scope: FastifyInstance, { faults, grants }: AdminParts): void {
  scope.get('/faults', () => ({ rules: faults.list() }));
  scope.put('/faults', (request, reply) =>
    withInput(reply, readFaultRules(request.body), (rules) => {
      faults.replace(rules);
      return { rules: faults.list() };
    }),
  );
  scope.post('/tokens/expire', (request, reply) =>
    withInput(reply, readConnection(request.body), ({ connection }) => ({ expired: grants.expire(connection) })),
  );
}

function stateRoutes(scope: FastifyInstance, { store, reset, settings }: AdminParts): void {
  scope.get<{ Params: { id: string } }>('/contacts/:id', (request, reply) => {
    const contact = store().contacts.get(request.params.id);
    if (contact === undefined) return reply.code(404).send({ error: `Contact ${request.params.id} does not exist` });
    return reply.send(adminContact(contact, store()));
  });
  scope.post('/reset', (request, reply) =>
    withInput(reply, readSeedSettings(request.body, settings()), (wanted) => {
      reset(wanted);
      return wanted;
    }),
  );
}

/** A filter that is left empty filters nothing. */
function given(query: Form, name: string): string | undefined {
  const value = one(query, name);
  return value === '' ? undefined : value;
}

function range(query: Form): { after?: number; limit?: number } {
  const after = Number(one(query, 'after'));
  const limit = Number(one(query, 'limit'));
  return { ...(Number.isFinite(after) ? { after } : {}), ...(limit > 0 ? { limit } : {}) };
}

function withInput<T>(reply: FastifyReply, read: Read<T>, use: (value: T) => unknown): FastifyReply {
  if ('problem' in read) return reply.code(400).send({ error: read.problem });
  return reply.send(use(read.value));
}
