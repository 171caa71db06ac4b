import { z } from 'zod';
import type { RouteDescription, RouteSettings } from '#service-defaults';
import { interactionPath, OAUTH_ROUTES } from './oauth-configuration.js';

const TAGS = ['oauth'];

const TokenAnswer = z
  .object({
    access_token: z.string(),
    token_type: z.literal('Bearer'),
    /** Seconds. */
    expires_in: z.number().int(),
    refresh_token: z.string(),
    scope: z.string(),
  })
  .meta({ id: 'OAuthTokens' });

/** How RFC 6749 says what is wrong. */
const OAuthError = z.object({ error: z.string(), error_description: z.string().optional() }).meta({ id: 'OAuthError' });

const PAGE = { answer: z.string(), contentType: 'text/html', tags: TAGS };
const OWN_FAILURES = { statuses: [400, 401], schema: OAuthError };

const API = {
  authorize: {
    ...PAGE,
    summary: 'Begin to link an app (authorization code, PKCE with S256)',
    description: 'Leads to the page where the user signs in, or back to the app when what it asks for is not right.',
    status: 303,
    otherStatuses: [400],
  },
  resume: {
    ...PAGE,
    summary: 'Go on with linking after a step',
    status: 303,
    otherStatuses: [400],
  },
  token: {
    answer: TokenAnswer,
    summary: 'Exchange a code or a refresh token for tokens',
    description: 'A form: `grant_type` with `code`, `redirect_uri`, `code_verifier`, or with `refresh_token`.',
    tags: TAGS,
    ownFailures: OWN_FAILURES,
  },
  revoke: {
    answer: z.void(),
    summary: 'Unlink an app: its refresh token ends the whole grant',
    description: 'A form with `token`.',
    tags: TAGS,
    ownFailures: OWN_FAILURES,
  },
  showStep: {
    ...PAGE,
    summary: 'The page of a step of linking: sign in, or decide',
    otherStatuses: [303, 400],
  },
  signIn: {
    ...PAGE,
    summary: 'Sign in to link an app',
    status: 303,
    otherStatuses: [400, 401, 429],
  },
  decide: {
    ...PAGE,
    summary: 'Allow an app what it asks for, or refuse',
    status: 303,
    otherStatuses: [400, 403],
  },
} as const;

type Name = keyof typeof API;

/** Settings of a route, for Fastify as for the API reference. */
export const routeSettings = (name: Name): RouteSettings => ({
  raw: true,
  auth: { access: 'public' },
  api: API[name],
});

const route = (method: string, path: string, handler: Name): RouteDescription => ({
  method,
  path,
  controller: 'OAuthController',
  handler,
  parameters: [],
  settings: routeSettings(handler),
});

/** The routes of the authorization server as the API reference shows them. */
export const OAUTH_ROUTE_DESCRIPTIONS: readonly RouteDescription[] = [
  route('GET', OAUTH_ROUTES.authorization, 'authorize'),
  route('GET', `${OAUTH_ROUTES.authorization}/:uid`, 'resume'),
  route('POST', OAUTH_ROUTES.token, 'token'),
  route('POST', OAUTH_ROUTES.revocation, 'revoke'),
  route('GET', interactionPath(':uid'), 'showStep'),
  route('POST', `${interactionPath(':uid')}/sign-in`, 'signIn'),
  route('POST', `${interactionPath(':uid')}/consent`, 'decide'),
];
