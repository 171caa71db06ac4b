import type { AccountScope } from '#contracts';
import type { ConnectorCredentials } from '#connectors';
import type { ConnectionAuth } from '../persistence/connection-auth.collection.js';
import type { CredentialVault } from './credential-vault.js';

/** What a connector signs its calls with. */
export async function connectorCredentials(
  vault: CredentialVault,
  scope: AccountScope,
  auth: ConnectionAuth,
): Promise<ConnectorCredentials> {
  const { access_token, api_key, api_secret, account_id } = await vault.openSecrets(scope, auth);
  return {
    ...(access_token !== undefined && { access_token }),
    ...(api_key !== undefined && { api_key }),
    ...(api_secret !== undefined && { api_secret }),
    ...(account_id !== undefined && { account_id }),
    ...(auth.base_url !== undefined && { base_url: auth.base_url }),
  };
}
