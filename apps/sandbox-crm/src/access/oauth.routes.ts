import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Answer } from '../server/answer.js';
import { one, type Form } from '../server/form.js';
import { sendPage } from '../server/html.js';
import { serve, type Endpoint, type ServeParts } from '../server/serve.js';
import { checkRequest, type AuthorizationRequest, type OAuthClient, type Refused } from './authorization-request.js';
import { consentPage, errorPage } from './consent-page.js';
import type { OAuthGrants } from './oauth-grants.js';
import type { GrantType, OAuthManner } from './oauth-manner.js';

const DEFAULT_CONNECTION = 'oauth-demo';

/**
 * The sandbox's own authorization server in one vendor's manner: authorization code with PKCE (S256), refresh with
 * rotation. `auto=approve` or `auto=deny` on the authorize URL skips the consent page, for tests.
 */
export function registerOAuth(
  app: FastifyInstance,
  manner: OAuthManner,
  client: OAuthClient,
  grants: OAuthGrants,
  parts: ServeParts,
): void {
  app.get<{ Querystring: Form }>(manner.authorizePath, (request, reply) => {
    const checked = checkRequest(request.query, client);
    if ('problem' in checked) return refuse(reply, checked);
    const auto = one(request.query, 'auto');
    if (auto === undefined) {
      const html = consentPage(checked, DEFAULT_CONNECTION, manner.authorizePath);
      return sendPage(reply, html, { leavesSite: true });
    }
    return decide(reply, grants, checked, auto === 'approve', one(request.query, 'user'));
  });

  app.post<{ Body: Form | undefined }>(manner.authorizePath, (request, reply) => {
    const form = request.body ?? {};
    const checked = checkRequest(form, client);
    if ('problem' in checked) return refuse(reply, checked);
    return decide(reply, grants, checked, one(form, 'decision') === 'approve', one(form, 'user'));
  });

  app.post<{ Body: Form | undefined }>(manner.tokenPath, (request, reply) => {
    const form = request.body ?? {};
    const { authorization } = request.headers;
    return serve(tokenEndpoint(manner, form), parts, request, reply, () => ({
      answer: tokenAnswer(manner, form, authorization, client, grants),
      connection: '',
    }));
  });
}

function tokenEndpoint(manner: OAuthManner, form: Form): Endpoint {
  return {
    dialect: manner.dialect,
    base: '',
    operation: one(form, 'grant_type') === 'refresh_token' ? 'RefreshToken' : 'ExchangeCode',
    faultBody: (status) =>
      status === 400 ? manner.refused('invalid_grant').body : { error: 'temporarily_unavailable' },
    contactIds: () => [],
  };
}

function tokenAnswer(
  manner: OAuthManner,
  form: Form,
  authorization: string | undefined,
  client: OAuthClient,
  grants: OAuthGrants,
): Answer {
  const type = grantTypeOf(form);
  if (type === undefined) return manner.refused('unsupported_grant_type');
  if (!knowsClient(manner, type, form, authorization, client)) return manner.refused('invalid_client');
  const granted =
    type === 'refresh_token'
      ? grants.refresh(one(form, 'refresh_token') ?? '', manner)
      : grants.exchangeCode(
          one(form, 'code') ?? '',
          one(form, 'redirect_uri') ?? '',
          one(form, 'code_verifier'),
          manner,
        );
  return granted === undefined ? manner.refused('invalid_grant') : manner.granted(granted, granted.identity);
}

function grantTypeOf(form: Form): GrantType | undefined {
  const type = one(form, 'grant_type');
  return type === 'authorization_code' || type === 'refresh_token' ? type : undefined;
}

function refuse(reply: FastifyReply, { problem, redirectTo }: Refused): FastifyReply {
  if (redirectTo === undefined) return sendPage(reply, errorPage(problem), { status: 400 });
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

function knowsClient(
  manner: OAuthManner,
  type: GrantType,
  form: Form,
  authorization: string | undefined,
  client: OAuthClient,
): boolean {
  const basic = authorization !== undefined && /^basic /i.test(authorization);
  const place = manner.clientIn(type);
  if (place !== 'either' && (place === 'basic') !== basic) return false;
  const { id, secret } = basic
    ? fromBasic(authorization)
    : { id: one(form, 'client_id'), secret: one(form, 'client_secret') };
  return id === client.clientId && secret === client.clientSecret;
}

function fromBasic(authorization: string): { id: string; secret: string } {
  const [id = '', ...secret] = Buffer.from(authorization.slice(6), 'base64').toString('utf8').split(':');
  return { id, secret: secret.join(':') };
}
