import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { isProblem, Problem, unavailable, type AccountScope } from '#contracts';
import type { StopsWork } from '#service-defaults';
import { Clock } from '../clock.js';
import { ConnectionHealth } from '../connection-health/connection-health.js';
import { refreshAfter } from '../domain/refresh-time.js';
import type { ConnectionAuth } from '../persistence/connection-auth.collection.js';
import { ConnectionAuths } from '../persistence/connection-auths.repository.js';
import { OAuthPlatforms } from '../platforms/oauth-platforms.js';
import { problemOf, stands } from './refresh-failure.js';
import { TokenRenewal, type RefreshableAuth } from './token-renewal.js';

/** Longer than the vendor's call and the storing of its answer: nobody may ask while the holder still can. */
const LEASE_MS = 45_000;
const POLL_MS = 50;
/** How long an asker waits for the holder of the lease before it is told to come back. */
const PATIENCE_MS = 25_000;

export interface RefreshRequest {
  connectionId: string;
  /** The version the asker has; a newer one is the answer at once. */
  staleVersion: number;
  /** `rejected`: the vendor refused it. `ahead`: only if four fifths of its lifetime have passed. */
  reason: 'rejected' | 'ahead';
}

/**
 * Refreshes the tokens of a connection with one call to the vendor, however many runners ask on however many
 * processes: vendors spend a refresh token with its first use, so a second call would end the connection. Within this
 * process askers share a promise; between processes a lease on the credentials decides who calls, and the others wait.
 */
@Injectable()
export class TokenRefresher implements StopsWork {
  readonly #underWay = new Map<string, Promise<ConnectionAuth>>();

  constructor(
    private readonly auths: ConnectionAuths,
    private readonly renewal: TokenRenewal,
    private readonly platforms: OAuthPlatforms,
    private readonly health: ConnectionHealth,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns credentials newer than the stale ones, or the present ones where it is too early to refresh ahead
   * @throws Problem 404 without connection; 400 `connections.credentials_rejected` when the customer must reconnect;
   *   422 `connections.not_refreshable` for API keys; 502 or 503 when the vendor does not serve now
   */
  newerThan(scope: AccountScope, request: RefreshRequest): Promise<ConnectionAuth> {
    const key = [scope.accountId, request.connectionId, request.staleVersion, request.reason].join(' ');
    const known = this.#underWay.get(key);
    if (known !== undefined) return known;
    const obtained = request.reason === 'ahead' ? this.#ahead(scope, request) : this.#obtain(scope, request);
    const work = obtained.finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, work);
    return work;
  }

  /** A refresh under way has spent the old token: it is stored before the database is closed. */
  async stopWork(): Promise<void> {
    await Promise.allSettled(this.#underWay.values());
  }

  /** Credentials that still work are better than the news that the vendor had no newer ones. */
  async #ahead(scope: AccountScope, request: RefreshRequest): Promise<ConnectionAuth> {
    try {
      return await this.#obtain(scope, request);
    } catch (error) {
      if (!isProblem(error) || error.status < 500) throw error;
      const auth = await this.auths.ofConnection(scope, request.connectionId);
      if (auth.expires_at === undefined || auth.expires_at <= this.clock.now()) throw error;
      return auth;
    }
  }

  async #obtain(scope: AccountScope, request: RefreshRequest): Promise<ConnectionAuth> {
    const patience = Date.now() + PATIENCE_MS;
    for (;;) {
      const auth = await this.auths.ofConnection(scope, request.connectionId);
      if (this.#isAnswer(auth, request)) return auth;
      const now = this.clock.now();
      if (auth.refresh_failure !== undefined && stands(auth.refresh_failure, now)) {
        throw problemOf(auth.refresh_failure, now);
      }
      const refreshable = await this.#refreshable(scope, auth);
      const lease = { id: randomUUID(), until: new Date(now.getTime() + LEASE_MS) };
      const taken = leaseIsFree(auth, now) ? await this.auths.takeLease(scope, refreshable, lease, now) : null;
      if (taken !== null)
        return this.renewal.run(scope, { ...taken, sealed_refresh: refreshable.sealed_refresh }, lease);
      if (Date.now() > patience) throw unavailable('The refresh of these credentials');
      await delay(POLL_MS);
    }
  }

  #isAnswer(auth: ConnectionAuth, { staleVersion, reason }: RefreshRequest): boolean {
    if (auth.credentials_version > staleVersion) return true;
    if (reason === 'rejected') return false;
    const worn = auth.sealed_refresh === undefined ? null : refreshAfter(auth.issued_at, auth.expires_at);
    return worn === null || worn > this.clock.now();
  }

  /** @throws what the asker must hear when there is nothing to refresh with */
  async #refreshable(scope: AccountScope, auth: ConnectionAuth): Promise<RefreshableAuth> {
    const { sealed_refresh } = auth;
    if (sealed_refresh !== undefined) {
      this.platforms.ready(auth.platform_id);
      return { ...auth, sealed_refresh };
    }
    if (auth.auth_type !== 'oauth2') {
      throw new Problem(422, 'connections.not_refreshable', 'These credentials cannot be refreshed');
    }
    await this.health.lost(scope, auth.connection_id, auth.credentials_version, 'expired');
    throw new Problem(400, 'connections.credentials_rejected', 'The sign-in has expired; connect again');
  }
}

const leaseIsFree = (auth: ConnectionAuth, now: Date): boolean =>
  auth.refresh_lease === undefined || auth.refresh_lease.until <= now;
