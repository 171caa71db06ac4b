import { Injectable } from '@nestjs/common';
import { AuditLog, currentCaller, SYSTEM_ACTOR, type AuditedFact } from '#audit';
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
  constructor(
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  async created(session: ClientSession, connection: Connection): Promise<string> {
    // A connection that a vendor's consent page made comes back without a caller.
    const by = { kind: 'user' as const, id: connection.user_id };
    await this.note(session, connection, { type: 'connections.connection.created', by });
    return this.outbox.add(session, events.connectionCreated, about(connection, factOf(connection)));
  }

  async updated(session: ClientSession, connection: Connection, changed: Changed[]): Promise<string> {
    // Credentials that the product renews by itself are no news for anybody.
    const isRenewal = currentCaller() === undefined && changed.every((part) => part === 'credentials');
    const fact = { type: 'connections.connection.updated', by: SYSTEM_ACTOR, data: { changed } };
    if (!isRenewal) await this.note(session, connection, fact);
    return this.outbox.add(session, events.connectionUpdated, about(connection, { ...factOf(connection), changed }));
  }

  tested(session: ClientSession, connection: Connection, outcome: 'success' | 'failure', at: Date): Promise<string> {
    const data = { ...factOf(connection), outcome, tested_at: at.toISOString() };
    return this.outbox.add(session, events.connectionTested, about(connection, data));
  }

  expired(session: ClientSession, connection: Connection): Promise<string> {
    return this.outbox.add(session, events.connectionExpired, about(connection, factOf(connection)));
  }

  async deleted(session: ClientSession, connection: Connection, at: Date): Promise<string> {
    await this.note(session, connection, { type: 'connections.connection.deleted', by: SYSTEM_ACTOR });
    const { _id, platform_id } = connection;
    const data = { connection_id: _id, platform_id, deleted_at: at.toISOString() };
    return this.outbox.add(session, events.connectionDeleted, about(connection, data));
  }

  /** For the audit log; `by` is who did it where there is no request. */
  private note(
    session: ClientSession,
    { _id, account_id: accountId, platform_id, name }: Connection,
    fact: Pick<AuditedFact, 'type' | 'by' | 'data'>,
  ): Promise<string> {
    const target = { kind: 'connection', id: _id };
    const data = { platform_id, name, ...fact.data };
    return this.audit.record(session, { ...fact, accountId, target, data, ...currentCaller() });
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
