import type { AccountScope, ConnectorSecrets } from '#contracts';
import type { TokenSet } from '#connectors';
import type { NewSecrets } from '../persistence/connection-auths.repository.js';
import type { CredentialVault } from './credential-vault.js';

/**
 * What is stored of a vendor's tokens: the access token for connectors, the refresh token for this service only.
 * @param earlier secrets whose account id stays where the vendor does not repeat it
 */
export async function sealedTokens(
  vault: CredentialVault,
  scope: AccountScope,
  tokens: TokenSet,
  now: Date,
  earlier: ConnectorSecrets = {},
): Promise<NewSecrets> {
  const accountId = tokens.accountId ?? earlier.account_id;
  const secrets = { access_token: tokens.accessToken, ...(accountId !== undefined && { account_id: accountId }) };
  const { refreshToken } = tokens;
  return {
    sealed: await vault.sealSecrets(scope, secrets),
    ...(refreshToken !== undefined && { sealed_refresh: await vault.sealRefreshToken(scope, refreshToken) }),
    token_type: tokens.tokenType,
    ...(tokens.scope !== undefined && { scope: tokens.scope }),
    issued_at: now,
    ...(tokens.expiresAt !== undefined && { expires_at: tokens.expiresAt }),
  };
}
