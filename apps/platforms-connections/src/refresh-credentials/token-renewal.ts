import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import type { AccountScope } from '#contracts';
import { isConnectorError, refreshTokens, type ConnectorError, type TokenSet } from '#connectors';
import { isUnreachable, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { ConnectionHealth } from '../connection-health/connection-health.js';
import { CredentialVault } from '../credentials/credential-vault.js';
import { sealedTokens } from '../credentials/sealed-tokens.js';
import { ConnectionEvents } from '../events/connection-events.js';
import type { ConnectionAuth } from '../persistence/connection-auth.collection.js';
import { ConnectionAuths } from '../persistence/connection-auths.repository.js';
import { Connections } from '../persistence/connections.repository.js';
import { OAuthPlatforms } from '../platforms/oauth-platforms.js';
import { VendorHttp } from '../vendor/vendor-http.js';
import { failureOf, problemOf } from './refresh-failure.js';

const STORE_RETRY_MS = 200;
const GIVEN_BACK_PAUSE_MS = 1_000;

/** Credentials that came with a refresh token. */
export type RefreshableAuth = ConnectionAuth & { sealed_refresh: string };

/** The one refresh that holds the lease: asks the vendor once and stores what it says before anybody uses it. */
@Injectable()
export class TokenRenewal {
  readonly #logger = new Logger(TokenRenewal.name);

  constructor(
    private readonly auths: ConnectionAuths,
    private readonly connections: Connections,
    private readonly vault: CredentialVault,
    private readonly platforms: OAuthPlatforms,
    private readonly health: ConnectionHealth,
    private readonly events: ConnectionEvents,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly http: VendorHttp,
  ) {}

  /**
   * @param auth with the lease taken
   * @returns the credentials that are valid now
   * @throws Problem 400 `connections.credentials_rejected` when the customer must reconnect, 502 or 503 otherwise
   */
  async run(scope: AccountScope, auth: RefreshableAuth, lease: { id: string; until: Date }): Promise<ConnectionAuth> {
    let tokens: TokenSet;
    try {
      tokens = await this.#askVendor(scope, auth);
    } catch (error) {
      if (isConnectorError(error)) return this.#failed(scope, auth, lease.id, error);
      await this.#giveBack(scope, auth, lease.id);
      throw error;
    }
    const stored = await this.#store(scope, auth, lease, tokens);
    // Null: the customer reconnected meanwhile, which beats any refresh.
    return stored ?? this.auths.ofConnection(scope, auth.connection_id);
  }

  async #askVendor(scope: AccountScope, auth: RefreshableAuth): Promise<TokenSet> {
    const { manifest, client } = this.platforms.ready(auth.platform_id);
    const refreshToken = await this.vault.openRefreshToken(scope, auth.sealed_refresh);
    return refreshTokens(manifest, client, refreshToken, { http: this.http, now: () => this.clock.now() });
  }

  /**
   * The vendor has spent the old refresh token, so these tokens exist nowhere else: a database that is away for a
   * moment must not lose them. Tries until the lease ends.
   */
  async #store(
    scope: AccountScope,
    auth: ConnectionAuth,
    lease: { id: string; until: Date },
    tokens: TokenSet,
  ): Promise<ConnectionAuth | null> {
    const earlier = await this.vault.openSecrets(scope, auth);
    const secrets = await sealedTokens(this.vault, scope, tokens, this.clock.now(), earlier);
    for (;;) {
      try {
        return await this.#storeOnce(scope, auth, lease.id, secrets);
      } catch (error) {
        if (!isUnreachable(error) || this.clock.now() >= lease.until) throw error;
        await delay(STORE_RETRY_MS);
      }
    }
  }

  #storeOnce(
    scope: AccountScope,
    auth: ConnectionAuth,
    leaseId: string,
    secrets: Awaited<ReturnType<typeof sealedTokens>>,
  ): Promise<ConnectionAuth | null> {
    return this.unitOfWork.run(async (session) => {
      const kept = { ...secrets, ...(auth.base_url !== undefined && { base_url: auth.base_url }) };
      const next = await this.auths.replaceSecrets(scope, auth, kept, { leaseId });
      if (next === null) return null;
      const connection = await this.connections.followCredentials(scope, next, { working: false });
      await this.events.updated(session, connection, ['credentials']);
      return next;
    });
  }

  /** The vendor was not asked (a key is missing, say): whoever waits is told so instead of waiting for the lease to end. */
  async #giveBack(scope: AccountScope, auth: ConnectionAuth, leaseId: string): Promise<void> {
    const now = this.clock.now();
    await this.auths.failRefresh(scope, auth, {
      lease_id: leaseId,
      status: 503,
      code: 'generic.unavailable',
      message: 'The credentials could not be refreshed',
      retry_at: new Date(now.getTime() + GIVEN_BACK_PAUSE_MS),
    });
  }

  async #failed(
    scope: AccountScope,
    auth: ConnectionAuth,
    leaseId: string,
    error: ConnectorError,
  ): Promise<ConnectionAuth> {
    const now = this.clock.now();
    const failure = failureOf(leaseId, error, now);
    this.#logger.warn({ connection_id: auth.connection_id, kind: error.kind }, `Refresh failed: ${error.message}`);
    const recorded = await this.unitOfWork.run(async () => {
      const marked = await this.auths.failRefresh(scope, auth, failure);
      if (marked !== null && failure.retry_at === undefined) {
        await this.health.lost(scope, auth.connection_id, auth.credentials_version, 'expired');
      }
      return marked;
    });
    // The record moved on under us: somebody with newer tokens was quicker, and the refusal was about the old ones.
    if (recorded === null) {
      const current = await this.auths.ofConnection(scope, auth.connection_id);
      if (current.credentials_version > auth.credentials_version) return current;
    }
    throw problemOf(failure, now);
  }
}
