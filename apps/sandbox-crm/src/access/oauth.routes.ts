import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Answer } from '../server/answer.js';
import { one, type Form } from '../server/form.js';
import { serve, type Endpoint, type ServeParts } from '../server/serve.js';
import { checkRequest, type AuthorizationRequest, type OAuthClient, type Refused } from './authorization-request.js';
import { consentPage, errorPage } from './consent-page.js';
import type { OAuthGrants, TokenPair } from './oauth-grants.js';

const DEFAULT_CONNECTION = 'oauth-demo';

/**
 * The sandbox's own authorization server: authorization code with PKCE (S256), refresh with rotation. `auto=approve`
 * or `auto=deny` on the authorize URL skips the consent page, for tests.
 */
export function registerOAuth(app: FastifyInstance, client: OAuthClient, grants: OAuthGrants, parts: ServeParts): void {
  app.get<{ Querystring: Form }>('/oauth/authorize', (request, reply) => {
    const checked = checkRequest(request.query, client);
    if ('problem' in checked) return refuse(reply, checked);
    const auto = one(request.query, 'auto');
    if (auto === undefined)
      return reply.type('text/html; charset=utf-8').send(consentPage(checked, DEFAULT_CONNECTION));
    return decide(reply, grants, checked, auto === 'approve', one(request.query, 'user'));
  });

  app.post<{ Body: Form | undefined }>('/oauth/authorize', (request, reply) => {
    const form = request.body ?? {};
    const checked = checkRequest(form, client);
    if ('problem' in checked) return refuse(reply, checked);
    return decide(reply, grants, checked, one(form, 'decision') === 'approve', one(form, 'user'));
  });

  app.post<{ Body: Form | undefined }>('/oauth/token', (request, reply) => {
    const form = request.body ?? {};
    const { authorization } = request.headers;
    return serve(tokenEndpoint(form), parts, request, reply, () => ({
      answer: knowsClient(form, authorization, client) ? tokenAnswer(form, grants) : refusedClient,
      connection: '',
    }));
  });
}

const NO_STORE = { 'cache-control': 'no-store' };

const refusedClient: Answer = {
  status: 401,
  body: { error: 'invalid_client', error_description: 'Unknown client or wrong secret' },
};

function tokenEndpoint(form: Form): Endpoint {
  return {
    dialect: 'oauth',
    base: '/oauth',
    operation: one(form, 'grant_type') === 'refresh_token' ? 'RefreshToken' : 'ExchangeCode',
    faultBody: (status) => ({ error: status === 400 ? 'invalid_grant' : 'temporarily_unavailable' }),
    contactIds: () => [],
  };
}

function tokenAnswer(form: Form, grants: OAuthGrants): Answer {
  const grantType = one(form, 'grant_type');
  if (grantType !== 'authorization_code' && grantType !== 'refresh_token') {
    return { status: 400, body: { error: 'unsupported_grant_type' } };
  }
  const tokens =
    grantType === 'refresh_token'
      ? grants.refresh(one(form, 'refresh_token') ?? '')
      : grants.exchangeCode(one(form, 'code') ?? '', one(form, 'redirect_uri') ?? '', one(form, 'code_verifier'));
  if (tokens === undefined) {
    return { status: 400, body: { error: 'invalid_grant', error_description: 'Unknown, expired or already used' } };
  }
  return { status: 200, body: toWire(tokens), headers: NO_STORE };
}

function refuse(reply: FastifyReply, { problem, redirectTo }: Refused): FastifyReply {
  if (redirectTo === undefined) return reply.code(400).type('text/html; charset=utf-8').send(errorPage(problem));
  return sendBack(reply, redirectTo.uri, {
    error: redirectTo.error,
    error_description: problem,
    state: redirectTo.state,
  });
}

function decide(
  reply: FastifyReply,
  grants: OAuthGrants,
  request: AuthorizationRequest,
  approved: boolean,
  user: string | undefined,
): FastifyReply {
  const { redirectUri, state, challenge } = request;
  if (!approved) return sendBack(reply, redirectUri, { error: 'access_denied', state });
  const connection = user === undefined || user === '' ? DEFAULT_CONNECTION : user;
  return sendBack(reply, redirectUri, { code: grants.issueCode({ connection, redirectUri, challenge }), state });
}

function sendBack(reply: FastifyReply, uri: string, parameters: Record<string, string>): FastifyReply {
  const target = new URL(uri);
  for (const [name, value] of Object.entries(parameters)) if (value !== '') target.searchParams.set(name, value);
  return reply.redirect(target.href, 302);
}

function knowsClient(form: Form, authorization: string | undefined, client: OAuthClient): boolean {
  let id = one(form, 'client_id');
  let secret = one(form, 'client_secret');
  if (authorization !== undefined && /^basic /i.test(authorization)) {
    const [user = '', ...rest] = Buffer.from(authorization.slice(6), 'base64').toString('utf8').split(':');
    id = user;
    secret = rest.join(':');
  }
  return id === client.clientId && secret === client.clientSecret;
}

function toWire(tokens: TokenPair): Record<string, unknown> {
  return {
    access_token: tokens.accessToken,
    refresh_token: tokens.refreshToken,
    token_type: 'bearer',
    expires_in: tokens.expiresInSeconds,
    scope: 'full',
  };
}
