import { Injectable } from '@nestjs/common';
import { events } from '#contracts';
import { Outbox } from '#persistence';
import type { ClientSession } from 'mongoose';
import type { Connection } from '../persistence/connection.collection.js';

type Changed = 'name' | 'credentials' | 'status';

/**
 * The facts this service tells others. Each is written in the transaction of the change it reports; runners drop what
 * they remember of a connection when one arrives.
 */
@Injectable()
export class ConnectionEvents {
  constructor(private readonly outbox: Outbox) {}

  created(session: ClientSession, connection: Connection): Promise<string> {
    return this.outbox.add(session, events.connectionCreated, about(connection, factOf(connection)));
  }

  updated(session: ClientSession, connection: Connection, changed: Changed[]): Promise<string> {
    return this.outbox.add(session, events.connectionUpdated, about(connection, { ...factOf(connection), changed }));
  }

  tested(session: ClientSession, connection: Connection, outcome: 'success' | 'failure', at: Date): Promise<string> {
    const data = { ...factOf(connection), outcome, tested_at: at.toISOString() };
    return this.outbox.add(session, events.connectionTested, about(connection, data));
  }

  expired(session: ClientSession, connection: Connection): Promise<string> {
    return this.outbox.add(session, events.connectionExpired, about(connection, factOf(connection)));
  }

  deleted(session: ClientSession, connection: Connection, at: Date): Promise<string> {
    const { _id, platform_id } = connection;
    const data = { connection_id: _id, platform_id, deleted_at: at.toISOString() };
    return this.outbox.add(session, events.connectionDeleted, about(connection, data));
  }
}

const about = <Data>(connection: Connection, data: Data) => ({
  subject: connection._id,
  accountId: connection.account_id,
  data,
});

const factOf = (connection: Connection) => ({
  connection_id: connection._id,
  platform_id: connection.platform_id,
  name: connection.name,
  status: connection.status,
  ...(connection.status_reason !== undefined && { status_reason: connection.status_reason }),
  credentials_version: connection.credentials_version,
});
