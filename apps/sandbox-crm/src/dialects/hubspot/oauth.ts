import { textbookManner, type OAuthManner } from '../../access/oauth-manner.js';
import type { TokenProblem } from '../../access/oauth-manner.js';
import type { Identity } from '../../access/identities.js';
import { NO_STORE } from '../../server/answer.js';

const HALF_AN_HOUR = 1800;

const PROBLEMS: Readonly<Record<TokenProblem, [status: string, message: string]>> = {
  invalid_client: ['BAD_CLIENT_ID', 'missing or unknown client id, or wrong client secret'],
  invalid_grant: ['BAD_REFRESH_TOKEN', 'missing or invalid refresh token or code'],
  unsupported_grant_type: ['BAD_GRANT_TYPE', 'missing or unknown grant type'],
};

/** HubSpot names the portal beside the tokens, lets a refresh token live on, and refuses in words of its own. */
export const hubspotOAuth: OAuthManner = {
  ...textbookManner({
    dialect: 'hubspot',
    authorizePath: '/hubspot/oauth/authorize',
    tokenPath: '/hubspot/oauth/v3/token',
  }),
  accessSeconds: HALF_AN_HOUR,
  keepsRefreshToken: true,
  clientIn: () => 'form',
  granted: ({ accessToken, refreshToken, expiresInSeconds }, identity) => ({
    status: 200,
    body: {
      token_type: 'bearer',
      access_token: accessToken,
      refresh_token: refreshToken,
      expires_in: expiresInSeconds,
      hub_id: portalIdOf(identity),
      user_id: portalIdOf(identity),
      scopes: ['oauth', 'crm.objects.contacts.read', 'crm.objects.contacts.write'],
    },
    headers: NO_STORE,
  }),
  refused: (problem) => {
    const [status, message] = PROBLEMS[problem];
    return { status: 400, body: { status, message } };
  },
};

/** Portals have numbers. */
export const portalIdOf = ({ subject }: Identity): number => Number(subject);
