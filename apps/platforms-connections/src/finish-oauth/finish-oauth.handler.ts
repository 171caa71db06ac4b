import { Inject, Logger } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isProblem, Problem, scopeOf } from '#contracts';
import { exchangeCode, fetchUserIdentity, isConnectorError, type TokenSet, type UserIdentity } from '#connectors';
import { Clock } from '../clock.js';
import { CredentialVault } from '../credentials/credential-vault.js';
import { sealedTokens } from '../credentials/sealed-tokens.js';
import { withOutcome } from '../domain/redirect-target.js';
import type { OAuthState } from '../persistence/oauth-state.collection.js';
import type { Connection } from '../persistence/connection.collection.js';
import { OAuthStates } from '../persistence/oauth-states.repository.js';
import { OAuthPlatforms, type ReadyOAuthPlatform } from '../platforms/oauth-platforms.js';
import { CONNECTIONS_SETTINGS, type ConnectionsSettings } from '../settings.js';
import { VendorHttp } from '../vendor/vendor-http.js';
import { vendorProblem } from '../vendor/vendor-problem.js';
import { externalAccountOf } from './external-account.js';
import { FinishOAuth, type FinishedOAuth, type OAuthCallback } from './finish-oauth.command.js';
import { GrantedConnection } from './granted-connection.js';

@CommandHandler(FinishOAuth)
export class FinishOAuthHandler implements ICommandHandler<FinishOAuth> {
  readonly #logger = new Logger(FinishOAuthHandler.name);

  constructor(
    private readonly states: OAuthStates,
    private readonly platforms: OAuthPlatforms,
    private readonly vault: CredentialVault,
    private readonly granted: GrantedConnection,
    private readonly clock: Clock,
    private readonly http: VendorHttp,
    @Inject(CONNECTIONS_SETTINGS) private readonly settings: ConnectionsSettings,
  ) {}

  async execute({ callback }: FinishOAuth): Promise<FinishedOAuth> {
    const state = callback.state === undefined ? null : await this.states.take(callback.state, this.clock.now());
    const home = `${this.settings.appUrl.replace(/\/+$/, '')}/connections`;
    try {
      if (state === null) throw stateInvalid();
      const connection = await this.#connect(state, callback);
      const redirect = withOutcome(state.success_redirect ?? home, {
        oauth: 'success',
        connection_id: connection._id,
      });
      return { connection, redirect };
    } catch (failure) {
      if (!isProblem(failure)) this.#logger.error({ err: failure }, 'a sign-in could not be finished');
      const error = isProblem(failure) ? failure.message : 'The connection could not be made';
      return { failure, redirect: withOutcome(state?.failure_redirect ?? home, { oauth: 'error', error }) };
    }
  }

  async #connect(state: OAuthState, callback: OAuthCallback): Promise<Connection> {
    const scope = scopeOf(state.account_id);
    const platform = this.platforms.ready(state.platform_id);
    const { name } = platform.manifest.record;
    if (callback.error !== undefined || callback.code === undefined) throw denied(name);
    const { tokens, identity } = await this.#askVendor(platform, state, callback.code);
    return this.granted.store(scope, {
      userId: state.user_id,
      platformId: state.platform_id,
      platformName: name,
      secrets: await sealedTokens(this.vault, scope, tokens, this.clock.now()),
      external: externalAccountOf(identity, tokens),
    });
  }

  async #askVendor(
    { manifest, client }: ReadyOAuthPlatform,
    state: OAuthState,
    code: string,
  ): Promise<{ tokens: TokenSet; identity: UserIdentity }> {
    const deps = { http: this.http, now: () => this.clock.now() };
    const sealed = state.sealed_verifier;
    const codeVerifier =
      sealed === undefined ? undefined : await this.vault.openVerifier(scopeOf(state.account_id), sealed);
    const grant = { code, redirectUri: state.redirect_uri, ...(codeVerifier !== undefined && { codeVerifier }) };
    try {
      const tokens = await exchangeCode(manifest, client, grant, deps);
      return { tokens, identity: await fetchUserIdentity(manifest, tokens.accessToken, deps) };
    } catch (error) {
      if (!isConnectorError(error)) throw error;
      throw error.kind === 'auth_invalid' ? denied(manifest.record.name, error) : vendorProblem(error);
    }
  }
}

const stateInvalid = (): Problem =>
  new Problem(400, 'connections.oauth_state_invalid', 'This sign-in is unknown, was used already or is too old');

const denied = (platform: string, cause?: unknown): Problem =>
  new Problem(400, 'connections.oauth_denied', `The sign-in at ${platform} was not granted`, { cause });
