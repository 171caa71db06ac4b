import { textbookManner, tokenBody, type OAuthManner } from '../../access/oauth-manner.js';
import { AGENCY_PREFIX } from '../../demo-facts.js';
import { NO_STORE } from '../../server/answer.js';
import { errorBody } from './errors.js';
import { ownLocation } from './location.js';

const SCOPES = [
  'contacts.readonly',
  'contacts.write',
  'locations.readonly',
  'locations/tags.readonly',
  'locations/tags.write',
  'locations/customFields.readonly',
  'workflows.readonly',
  'opportunities.readonly',
  'opportunities.write',
].join(' ');

const textbook = textbookManner({
  dialect: 'gohighlevel',
  authorizePath: '/gohighlevel/v2/oauth/chooselocation',
  tokenPath: '/gohighlevel/oauth/token',
});

/** The token answer tells for which location it is good, and who chose it; an agency's tells no location. */
export const gohighlevelOAuth: OAuthManner = {
  ...textbook,
  clientIn: () => 'form',
  granted: (tokens, identity) => {
    const agency = identity.connection.startsWith(AGENCY_PREFIX);
    const chosen = agency ? { userType: 'Company' } : { userType: 'Location', locationId: ownLocation(identity) };
    const named = { companyId: identity.tenantId, userId: identity.subject, isBulkInstallation: agency };
    const body = { ...tokenBody(tokens), token_type: 'Bearer', scope: SCOPES, ...chosen, ...named };
    return { status: 200, body, headers: NO_STORE };
  },
  refused: (problem) => {
    const { status, body } = textbook.refused(problem);
    return { status, body: { ...errorBody(status, problem), ...(typeof body === 'object' ? body : {}) } };
  },
};
