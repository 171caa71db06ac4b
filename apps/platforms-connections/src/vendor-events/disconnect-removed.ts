import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { isProblem, scopeOf } from '#contracts';
import { ConnectionEvents } from '../events/connection-events.js';
import type { Connection } from '../persistence/connection.collection.js';
import { ConnectionAuths } from '../persistence/connection-auths.repository.js';
import { Connections } from '../persistence/connections.repository.js';

/** The customer removed our app at the vendor: its tokens are worthless, and a new sign-in makes the connection work again. */
@Injectable()
export class DisconnectRemoved {
  constructor(
    private readonly connections: Connections,
    private readonly auths: ConnectionAuths,
    private readonly events: ConnectionEvents,
  ) {}

  /** @param at when it was removed: a connection that was renewed since then stays */
  async disconnect(session: ClientSession, connection: Connection, at: Date): Promise<void> {
    const scope = scopeOf(connection.account_id);
    const auth = await this.auths.ofConnection(scope, connection._id).catch((error: unknown) => {
      if (isProblem(error) && error.status === 404) return undefined;
      throw error;
    });
    if (auth !== undefined && auth.issued_at > at) return;
    const changed = await this.connections.markDisconnected(scope, connection);
    if (changed !== null) await this.events.updated(session, changed, ['status']);
  }
}
