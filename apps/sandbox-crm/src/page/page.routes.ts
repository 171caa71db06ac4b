import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OAuthClient } from '../access/authorization-request.js';
import { sameSecret } from '../admin/same-secret.js';
import { DEFAULT_ADMIN_SECRET } from '../demo-facts.js';
import type { Dialect } from '../dialects/dialect.js';
import type { EffectLog } from '../effects/effect-log.js';
import { one, type Form } from '../server/form.js';
import { ASSETS, page, sendPage } from '../server/html.js';
import type { CrmStore } from '../store/crm-store.js';
import { connectPage } from './connect-page.js';
import { contactPage } from './contact-page.js';
import { contactsPage } from './contacts-page.js';
import { EffectStreams, readCursor } from './effect-stream.js';
import { SCRIPT } from './script.js';
import { STYLE } from './style.js';
import { tagsPage } from './tags-page.js';

export interface PageParts {
  /** Asked for each time because a reset replaces it. */
  store: () => CrmStore;
  effects: EffectLog;
  dialects: readonly Dialect[];
  client: OAuthClient;
  adminSecret: string;
}

/** The pages for people. With an admin secret of its own a sandbox shows them to those who know it. */
export function registerPages(app: FastifyInstance, parts: PageParts): void {
  registerAssets(app);
  void app.register((scope, _options, done) => {
    if (parts.adminSecret !== DEFAULT_ADMIN_SECRET) {
      scope.addHook('onRequest', (request, reply, next) => {
        if (knowsSecret(request, parts.adminSecret)) next();
        else void askForSecret(reply);
      });
    }
    registerContents(scope, parts);
    done();
  });
}

function registerContents(scope: FastifyInstance, { store, effects, dialects, client, adminSecret }: PageParts): void {
  scope.get<{ Querystring: Form }>('/', ({ query }, reply) => {
    const question = {
      text: one(query, 'q') ?? '',
      tagId: one(query, 'tag') ?? '',
      page: Number(one(query, 'page')) || 1,
    };
    return sendPage(
      reply,
      contactsPage({ store: store(), effects, dialects: dialects.map(({ name }) => name) }, question),
    );
  });
  scope.get<{ Params: { id: string } }>('/contacts/:id', ({ params }, reply) => {
    const contact = store().contacts.get(params.id);
    if (contact !== undefined) return sendPage(reply, contactPage(contact, store(), effects));
    const html = page('No such contact', '<p>It was deleted or never existed. <a href="/">All contacts</a></p>');
    return sendPage(reply, html, { status: 404 });
  });
  scope.get('/tags', (_request, reply) => sendPage(reply, tagsPage(store(), effects)));
  scope.get('/connect', (request, reply) => {
    const origin = `${request.protocol}://${request.host}`;
    return sendPage(reply, connectPage({ dialects, origin, ...client, adminSecret }));
  });
  const streams = new EffectStreams(effects, store);
  scope.get<{ Querystring: Form }>('/effects/stream', (request, reply) => {
    const resumed = request.headers['last-event-id'];
    const cursor = readCursor(typeof resumed === 'string' ? resumed : one(request.query, 'after'));
    reply.hijack();
    streams.serve(reply.raw, cursor, one(request.query, 'contact'));
  });
  scope.addHook('preClose', (done) => {
    streams.end();
    done();
  });
}

/** Open to everybody: the page of consent, which is for users of OAuth clients, is dressed by them too. */
function registerAssets(app: FastifyInstance): void {
  const files: [path: string, type: string, text: string][] = [
    [ASSETS.style, 'text/css', STYLE],
    [ASSETS.script, 'text/javascript', SCRIPT],
  ];
  for (const [path, type, text] of files) {
    app.get(path, (_request, reply) =>
      reply
        .headers({
          'content-type': `${type}; charset=utf-8`,
          'cache-control': 'no-cache',
          'x-content-type-options': 'nosniff',
        })
        .send(text),
    );
  }
}

function knowsSecret({ headers }: FastifyRequest, secret: string): boolean {
  const { authorization = '' } = headers;
  if (!/^basic /i.test(authorization)) return false;
  const [, ...password] = Buffer.from(authorization.slice(6), 'base64').toString('utf8').split(':');
  return sameSecret(password.join(':'), secret);
}

function askForSecret(reply: FastifyReply): FastifyReply {
  void reply.header('www-authenticate', 'Basic realm="Sandbox CRM", charset="UTF-8"');
  const html = page('Sign in', '<p>Any name, and the admin secret of this sandbox CRM as the password.</p>');
  return sendPage(reply, html, { status: 401 });
}
