import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { newId, type AccountScope } from '#contracts';
import type { AuthType } from '#connectors';
import { ConnectionEvents } from '../events/connection-events.js';
import { ConnectionAuths, type NewSecrets } from '../persistence/connection-auths.repository.js';
import type { Connection } from '../persistence/connection.collection.js';
import { Connections } from '../persistence/connections.repository.js';

export interface ConnectionToOpen {
  userId: string;
  platformId: string;
  name: string;
  authType: AuthType;
  secrets: NewSecrets;
  /** Parts of the credentials that may be shown. */
  metadata: Record<string, string>;
  external?: Pick<Connection, 'external_user_id' | 'external_user_email' | 'external_app_id' | 'external_app_name'>;
}

/** Writes a new connection, its credentials and the event of it into the caller's transaction. */
@Injectable()
export class ConnectionOpener {
  constructor(
    private readonly connections: Connections,
    private readonly auths: ConnectionAuths,
    private readonly events: ConnectionEvents,
  ) {}

  async open(session: ClientSession, scope: AccountScope, input: ConnectionToOpen): Promise<Connection> {
    const connectionId = newId('connection');
    const shared = { user_id: input.userId, platform_id: input.platformId, auth_type: input.authType };
    const auth = await this.auths.insert(scope, {
      ...shared,
      ...input.secrets,
      _id: newId('auth'),
      connection_id: connectionId,
      status: 'active',
      credentials_version: 1,
      refresh_attempts: 0,
    });
    const connection = await this.connections.insert(scope, {
      ...shared,
      ...input.external,
      _id: connectionId,
      name: input.name,
      status: 'active',
      auth_id: auth._id,
      credentials_version: auth.credentials_version,
      credentials_metadata: input.metadata,
      ...(auth.expires_at !== undefined && { expires_at: auth.expires_at }),
    });
    await this.events.created(session, connection);
    return connection;
  }
}
