import type { TokenSet, UserIdentity } from '#connectors';
import type { Connection } from '../persistence/connection.collection.js';

export type ExternalAccount = Pick<Connection, 'external_user_id' | 'external_user_email' | 'external_app_id'>;

/**
 * Who is behind a sign-in, as far as the vendor tells. Where it names no person, the account or location of the grant
 * stands for one, so that signing in again renews the connection instead of making a second.
 */
export function externalAccountOf(identity: UserIdentity, tokens: TokenSet): ExternalAccount {
  const userId = identity.userId ?? tokens.accountId;
  const appId = identity.appId ?? tokens.accountId;
  return {
    ...(userId !== undefined && { external_user_id: userId }),
    ...(identity.email !== undefined && { external_user_email: identity.email }),
    ...(appId !== undefined && { external_app_id: appId }),
  };
}
