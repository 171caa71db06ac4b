import { Injectable } from '@nestjs/common';
import { isProblem, Problem, type AccountScope } from '#contracts';
import { Database, TenantRepository, type Change } from '#persistence';
import { connectionAuthCollection, type ConnectionAuth, type RefreshFailure } from './connection-auth.collection.js';

/** What a change of credentials writes; the version rises with it and every trace of earlier refreshes goes. */
export interface NewSecrets {
  sealed: string;
  sealed_refresh?: string;
  base_url?: string;
  token_type?: string;
  scope?: string;
  issued_at: Date;
  expires_at?: Date;
}

const REPLACEABLE = ['sealed_refresh', 'base_url', 'token_type', 'scope', 'expires_at'] as const;
const REFRESH_TRACES = { refresh_lease: 1, refresh_failure: 1, last_refresh_error: 1 } as const;
const REVOKED_KEPT_MS = 30 * 24 * 3600 * 1000;

@Injectable()
export class ConnectionAuths extends TenantRepository<ConnectionAuth> {
  constructor(database: Database) {
    super(database, connectionAuthCollection);
  }

  /** @throws 404 `connections.not_found` when there are none or they were revoked */
  async ofConnection(scope: AccountScope, connectionId: string): Promise<ConnectionAuth> {
    const auth = await this.findOne(scope, { connection_id: connectionId, status: 'active' });
    if (auth === null) throw new Problem(404, 'connections.not_found', 'Connection not found');
    return auth;
  }

  /**
   * Puts new secrets in the place of the old ones and ends any refresh that is under way.
   * @param expected what must still hold, for a refresh whose lease may have been lost meanwhile
   * @returns null when it no longer holds
   */
  replaceSecrets(
    scope: AccountScope,
    auth: ConnectionAuth,
    secrets: NewSecrets,
    expected: { leaseId?: string } = {},
  ): Promise<ConnectionAuth | null> {
    const gone = Object.fromEntries(REPLACEABLE.filter((key) => secrets[key] === undefined).map((key) => [key, 1]));
    const lease = expected.leaseId === undefined ? {} : { 'refresh_lease.id': expected.leaseId };
    return this.#ifUnchanged(scope, auth, lease, {
      $set: { ...secrets, refresh_attempts: 0 },
      $unset: { ...gone, ...REFRESH_TRACES },
      $inc: { credentials_version: 1 },
    });
  }

  /** Takes the right to ask the vendor for new tokens; null when somebody else has it or the credentials changed. */
  takeLease(scope: AccountScope, auth: ConnectionAuth, lease: { id: string; until: Date }, now: Date) {
    const free = { $or: [{ refresh_lease: { $exists: false } }, { 'refresh_lease.until': { $lte: now } }] };
    return this.#ifUnchanged(scope, auth, free, {
      $set: { refresh_lease: lease, last_refresh_at: now },
      $unset: { refresh_failure: 1 },
      $inc: { refresh_attempts: 1 },
    });
  }

  /** Gives the lease back and leaves the reason for everybody who waited; null when the lease was lost meanwhile. */
  failRefresh(scope: AccountScope, auth: ConnectionAuth, failure: RefreshFailure): Promise<ConnectionAuth | null> {
    return this.#ifUnchanged(
      scope,
      auth,
      { 'refresh_lease.id': failure.lease_id },
      { $set: { refresh_failure: failure, last_refresh_error: failure.message }, $unset: { refresh_lease: 1 } },
    );
  }

  /** Empties the secrets at once; the record stays for a month to tell when that was. */
  revoke(scope: AccountScope, auth: ConnectionAuth, now: Date): Promise<ConnectionAuth> {
    return this.change(scope, auth._id, {
      $set: { status: 'revoked', revoked_at: now, ttl: new Date(now.getTime() + REVOKED_KEPT_MS) },
      $unset: { sealed: 1, sealed_refresh: 1, ...REFRESH_TRACES },
    });
  }

  /** Compare-and-set on the version of the credentials, not on that of the record: leases do not outdate each other. */
  async #ifUnchanged(
    scope: AccountScope,
    auth: ConnectionAuth,
    where: object,
    change: Change<ConnectionAuth>,
  ): Promise<ConnectionAuth | null> {
    try {
      return await this.change(scope, auth._id, change, {
        where: { ...where, credentials_version: auth.credentials_version, status: 'active' },
      });
    } catch (error) {
      if (isProblem(error) && error.code === 'resource.version_conflict') return null;
      throw error;
    }
  }
}
