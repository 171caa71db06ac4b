import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { newId, Problem } from '#contracts';
import { authorizationUrl } from '#connectors';
import { Clock } from '../clock.js';
import { CredentialVault } from '../credentials/credential-vault.js';
import { codeChallengeOf, newCodeVerifier } from '../domain/pkce.js';
import { resolveRedirectTarget } from '../domain/redirect-target.js';
import { oauthStateKey, OAuthStates } from '../persistence/oauth-states.repository.js';
import { OAuthPlatforms } from '../platforms/oauth-platforms.js';
import { platformIdOf } from '../platforms/platform-registry.js';
import { CONNECTIONS_SETTINGS, type ConnectionsSettings } from '../settings.js';
import { StartOAuth, type StartedOAuth, type StartOAuthBody } from './start-oauth.command.js';

/** How long a person has to sign in at the vendor, in seconds. */
export const OAUTH_STATE_SECONDS = 15 * 60;
/** How long a used-up record is kept for support. */
const OAUTH_STATE_KEPT_SECONDS = 60 * 60;

@CommandHandler(StartOAuth)
export class StartOAuthHandler implements ICommandHandler<StartOAuth> {
  constructor(
    private readonly platforms: OAuthPlatforms,
    private readonly states: OAuthStates,
    private readonly vault: CredentialVault,
    private readonly clock: Clock,
    @Inject(CONNECTIONS_SETTINGS) private readonly settings: ConnectionsSettings,
  ) {}

  async execute({ scope, userId, platform, body }: StartOAuth): Promise<StartedOAuth> {
    const { manifest, client, pkce } = this.platforms.ready(platform);
    const targets = this.#targets(body);
    const state = newId('state');
    const verifier = pkce ? newCodeVerifier() : undefined;
    const redirectUri = this.settings.oauthRedirectUrl;
    const now = this.clock.now().getTime();
    await this.states.insert(scope, {
      _id: oauthStateKey(state),
      user_id: userId,
      platform_id: platformIdOf(manifest),
      redirect_uri: redirectUri,
      ...targets,
      ...(verifier !== undefined && { sealed_verifier: await this.vault.sealVerifier(scope, verifier) }),
      expires_at: new Date(now + OAUTH_STATE_SECONDS * 1000),
      ttl: new Date(now + OAUTH_STATE_KEPT_SECONDS * 1000),
    });
    const url = authorizationUrl(manifest, client, {
      redirectUri,
      state,
      ...(verifier !== undefined && { codeChallenge: codeChallengeOf(verifier) }),
    });
    return { url, state, platformId: platformIdOf(manifest), platformName: manifest.record.name };
  }

  /** @throws Problem 400 for a target outside the web client: the browser would be sent anywhere after signing in */
  #targets(body: StartOAuthBody): { success_redirect?: string; failure_redirect?: string } {
    const resolved: { success_redirect?: string; failure_redirect?: string } = {};
    for (const field of ['success_redirect', 'failure_redirect'] as const) {
      const target = body[field];
      if (target === undefined) continue;
      const url = resolveRedirectTarget(target, this.settings);
      if (url === null) {
        const message = `${field} must lead back to this application`;
        throw new Problem(400, 'request.invalid_body', message, { errors: [{ field, code: 'not_allowed', message }] });
      }
      resolved[field] = url;
    }
    return resolved;
  }
}
