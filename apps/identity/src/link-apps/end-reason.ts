import { Provider } from 'oidc-provider';
import type { GrantEndReason } from '../persistence/app-grant.collection.js';

/** Why the authorization server ends a grant in the request in progress: its app asked for it, or a token came twice. */
export const endReasonNow = (): GrantEndReason =>
  Provider.ctx?.oidc.route === 'revocation' ? 'revoked_by_app' : 'token_reused';
