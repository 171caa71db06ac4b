import { errors, interactionPolicy, type Adapter, type ClientMetadata, type Configuration } from 'oidc-provider';
import { AUDIENCE, ISSUER } from '#auth';
import { SIGNING_ALGORITHM } from '../signing-keys/key-pair.js';
import type { IdentitySettings } from '../settings.js';
import type { AppAccount } from './app-accounts.js';
import type { AppClient } from './app-client.js';
import { errorPage } from './oauth-pages.js';
import type { RingKey } from './ring-key.js';

const MINUTE_S = 60;
const DAY_S = 24 * 60 * MINUTE_S;
/** Half a year without a single use, or a year in all: then the user is asked again. */
export const REFRESH_TOKEN_LIFE_S = 180 * DAY_S;
export const GRANT_LIFE_S = 365 * DAY_S;

export const OAUTH_ROUTES = {
  authorization: '/oauth/authorize',
  token: '/oauth/token',
  revocation: '/oauth/revoke',
  jwks: '/.well-known/jwks.json',
} as const;

export const interactionPath = (uid: string): string => `/oauth/interactions/${uid}`;

interface Parts {
  settings: IdentitySettings;
  signingKey: RingKey;
  cookieKey: string;
  adapter: (kind: string) => Adapter;
  account: (userId: string, grantId: string | undefined) => Promise<AppAccount | undefined>;
}

function clientMetadata(client: AppClient): ClientMetadata {
  const { client_id, client_secret, secret_in, name, redirect_uris } = client;
  const withSecret = secret_in === 'header' ? 'client_secret_basic' : 'client_secret_post';
  return {
    client_id,
    client_name: name,
    redirect_uris,
    application_type: redirect_uris.every((uri) => uri.startsWith('https:')) ? 'web' : 'native',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: client_secret === undefined ? 'none' : withSecret,
    ...(client_secret !== undefined && { client_secret }),
  };
}

/** The user decides each time anew: what was allowed before is not taken for granted. */
function alwaysAsk() {
  const policy = interactionPolicy.base();
  policy
    .get('consent')
    ?.checks.add(
      new interactionPolicy.Check(
        'decision_missing',
        'the user has to decide',
        'consent_required',
        (ctx) => ctx.oidc.result?.consent?.grantId === undefined,
      ),
    );
  return policy;
}

const accountOf = (entities: { Account?: unknown }): AppAccount | undefined => entities.Account as AppAccount;

/** Authorization code with PKCE (S256) and rotating refresh tokens, and nothing else. */
export function oauthConfiguration({ settings, signingKey, cookieKey, adapter, account }: Parts): Configuration {
  const resource = settings.publicUrl;
  const cookie = { httpOnly: true, sameSite: 'lax', signed: true } as const;
  return {
    adapter,
    clients: settings.appClients.map(clientMetadata),
    routes: OAUTH_ROUTES,
    jwks: { keys: [signingKey] },
    scopes: [],
    claims: {},
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    pkce: { required: () => true },
    cookies: {
      keys: [cookieKey],
      names: { session: 'mfh_oauth', interaction: 'mfh_oauth_step', resume: 'mfh_oauth_resume' },
      long: { ...cookie, path: '/oauth' },
      short: cookie,
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      externalSigningSupport: { enabled: true, ack: 'experimental-01' },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, indicator, { clientId }) => {
          const client = settings.appClients.find(({ client_id }) => client_id === clientId);
          if (indicator !== resource || client === undefined) throw new errors.InvalidTarget();
          return {
            scope: client.scopes.join(' '),
            audience: AUDIENCE,
            accessTokenFormat: 'jwt',
            accessTokenTTL: settings.accessTtl,
            jwt: { sign: { alg: SIGNING_ALGORITHM, kid: signingKey.kid } },
          };
        },
      },
    },
    formats: {
      customizers: {
        jwt: (ctx, _token, jwt) => {
          const { subject } = accountOf(ctx.oidc.entities)?.access ?? {};
          if (subject === undefined) throw new Error('An access token has no user');
          jwt.payload = { ...jwt.payload, sub: subject, iss: ISSUER };
        },
      },
    },
    extraTokenClaims: (ctx) => ({ ...accountOf(ctx.oidc.entities)?.access?.claims }),
    findAccount: (_ctx, userId, token) =>
      account(userId, token !== undefined && 'grantId' in token ? token.grantId : undefined),
    loadExistingGrant: async (ctx) => {
      const grantId = ctx.oidc.result?.consent?.grantId;
      return grantId === undefined ? undefined : ctx.oidc.provider.Grant.find(grantId);
    },
    interactions: { policy: alwaysAsk(), url: (_ctx, { uid }) => interactionPath(uid) },
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    expiresWithSession: () => false,
    revokeGrantPolicy: () => true,
    ttl: {
      AuthorizationCode: MINUTE_S,
      Interaction: 10 * MINUTE_S,
      // As long as the way from the password to the decision may take: no lasting sign-in hides here.
      Session: 10 * MINUTE_S,
      Grant: GRANT_LIFE_S,
      RefreshToken: REFRESH_TOKEN_LIFE_S,
      AccessToken: settings.accessTtl,
      IdToken: MINUTE_S,
    },
    renderError: (ctx, out) => {
      const { html, policy } = errorPage(out.error_description ?? out.error);
      ctx.type = 'html';
      ctx.set('content-security-policy', policy);
      ctx.body = html;
    },
  };
}
