import { Injectable } from '@nestjs/common';
import { isProblem, type AccountScope, type ConnectionStatusReason } from '#contracts';
import { Database, TenantRepository } from '#persistence';
import type { ConnectionAuth } from './connection-auth.collection.js';
import { connectionCollection, connectionStates, type Connection } from './connection.collection.js';

@Injectable()
export class Connections extends TenantRepository<Connection> {
  constructor(database: Database) {
    super(database, connectionCollection);
  }

  /** All connections of an account, oldest first, or those to one platform. */
  ofAccount(scope: AccountScope, platformId?: string): Promise<Connection[]> {
    const where = platformId === undefined ? {} : { platform_id: platformId };
    return this.list(scope, where, { sort: { created_at: 1, _id: 1 } });
  }

  /** @throws 404 `connections.not_found`, also for a connection to another platform than the path says */
  atPlatform(scope: AccountScope, connectionId: string, platformId: string): Promise<Connection> {
    return this.get(scope, connectionId, { platform_id: platformId });
  }

  /** The connection that the same person at the same vendor made before. */
  ofExternalUser(scope: AccountScope, platformId: string, externalUserId: string): Promise<Connection | null> {
    return this.findOne(scope, { platform_id: platformId, external_user_id: externalUserId });
  }

  /** Follows a change of credentials. `working` clears what was wrong: the customer or the vendor just renewed them. */
  followCredentials(
    scope: AccountScope,
    auth: ConnectionAuth,
    options: { working: boolean; set?: Partial<Connection>; version?: number | undefined },
  ): Promise<Connection> {
    const { credentials_version, expires_at } = auth;
    const change = {
      $set: {
        ...options.set,
        credentials_version,
        ...(expires_at !== undefined && { expires_at }),
        ...(options.working && { status: 'active' as const }),
      },
      $unset: {
        ...(expires_at === undefined && { expires_at: 1 as const }),
        ...(options.working && { status_reason: 1 as const }),
      },
    };
    return this.change(scope, auth.connection_id, change, { version: options.version });
  }

  /** @returns null when these are not the present credentials, or when they were known to be lost: the first word stands */
  markLost(
    scope: AccountScope,
    connectionId: string,
    credentialsVersion: number,
    reason: ConnectionStatusReason,
  ): Promise<Connection | null> {
    return this.#unlessConflict(
      this.change(
        scope,
        connectionId,
        { $set: { status: 'error', status_reason: reason } },
        {
          where: {
            credentials_version: credentialsVersion,
            $or: [{ status: { $in: connectionStates.sourcesOf('error') } }, { status_reason: 'test_failed' }],
          },
        },
      ),
    );
  }

  /** A trial call worked. What became of the connection while it was under way is the later word and stays. */
  async markWorking(scope: AccountScope, seen: Connection, at: Date): Promise<Connection> {
    const { status, status_reason } = seen;
    const asSeen = { status, status_reason: status_reason ?? { $exists: false } };
    const changed = await this.#unlessConflict(
      this.change(
        scope,
        seen._id,
        { $set: { status: 'active', last_connected: at }, $unset: { status_reason: 1 } },
        { where: { $or: [{ status: 'active' }, asSeen] } },
      ),
    );
    return changed ?? this.get(scope, seen._id);
  }

  /** The app was removed at the vendor. @returns null when it was known, or there are other credentials by now */
  markDisconnected(scope: AccountScope, seen: Connection): Promise<Connection | null> {
    const { _id, credentials_version } = seen;
    return this.#unlessConflict(
      this.change(
        scope,
        _id,
        { $set: { status: 'disconnected' }, $unset: { status_reason: 1 } },
        { where: { credentials_version, status: { $in: connectionStates.sourcesOf('disconnected') } } },
      ),
    );
  }

  /** A connection that is known to need a reconnect keeps that reason. */
  async markTestFailed(scope: AccountScope, connectionId: string): Promise<Connection> {
    const changed = await this.#unlessConflict(
      this.change(
        scope,
        connectionId,
        { $set: { status: 'error', status_reason: 'test_failed' } },
        { where: { status: { $in: connectionStates.sourcesOf('error') } } },
      ),
    );
    return changed ?? this.get(scope, connectionId);
  }

  async #unlessConflict(change: Promise<Connection>): Promise<Connection | null> {
    try {
      return await change;
    } catch (error) {
      if (isProblem(error) && error.code === 'resource.version_conflict') return null;
      throw error;
    }
  }
}
