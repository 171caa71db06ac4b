import type { PlatformManifest } from '../_kit/platform-manifest.js';
import type { OAuthClient } from '../config.js';

export interface AuthorizationRequest {
  redirectUri: string;
  state: string;
  /** S256 challenge; sent only where the platform's record asks for PKCE. */
  codeChallenge?: string;
}

/**
 * The address at the vendor where a person allows us in.
 * @throws TypeError when the platform has no OAuth: callers check the record first
 */
export function authorizationUrl(
  manifest: PlatformManifest,
  client: OAuthClient,
  request: AuthorizationRequest,
): string {
  const { oauth } = manifest.record;
  if (oauth === undefined) throw new TypeError(`${manifest.record.slug} has no OAuth`);
  const url = new URL(oauth.auth_url);
  const parameters: Record<string, string> = {
    client_id: client.clientId,
    redirect_uri: request.redirectUri,
    response_type: oauth.response_type,
    state: request.state,
    ...(oauth.scopes.length > 0 && { scope: oauth.scopes.join(' ') }),
    ...manifest.oauthDialect?.authorizeParams,
    ...(oauth.pkce &&
      request.codeChallenge !== undefined && { code_challenge: request.codeChallenge, code_challenge_method: 'S256' }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
