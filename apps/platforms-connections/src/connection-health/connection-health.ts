import { Injectable } from '@nestjs/common';
import type { AccountScope, ConnectionStatusReason } from '#contracts';
import { UnitOfWork } from '#persistence';
import { ConnectionEvents } from '../events/connection-events.js';
import type { Connection } from '../persistence/connection.collection.js';
import { Connections } from '../persistence/connections.repository.js';

/** Reasons that only the customer can remove, by connecting again. */
type LossReason = Exclude<ConnectionStatusReason, 'test_failed'>;

/** Keeps the status of connections in step with what vendors say about their credentials. */
@Injectable()
export class ConnectionHealth {
  constructor(
    private readonly connections: Connections,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: ConnectionEvents,
  ) {}

  /**
   * The vendor refused these credentials for good: the connection waits for a reconnect. Joins the caller's transaction.
   * @param version of the refused credentials; a report about older ones changes nothing
   * @returns the connection if it changed, else null
   */
  lost(scope: AccountScope, connectionId: string, version: number, reason: LossReason): Promise<Connection | null> {
    return this.unitOfWork.run(async (session) => {
      const changed = await this.connections.markLost(scope, connectionId, version, reason);
      if (changed !== null) await this.events.expired(session, changed);
      return changed;
    });
  }

  /** A trial call worked: whatever was wrong before it is over. @param seen the connection as it was before the call */
  passed(scope: AccountScope, seen: Connection, at: Date): Promise<Connection> {
    return this.unitOfWork.run(async (session) => {
      const connection = await this.connections.markWorking(scope, seen, at);
      await this.events.tested(session, connection, 'success', at);
      return connection;
    });
  }

  /**
   * A trial call failed. What only a reconnect can mend is noted as such, and a weightier reason that is already known
   * stays.
   */
  failed(scope: AccountScope, connection: Connection, reason: ConnectionStatusReason, at: Date): Promise<Connection> {
    return this.unitOfWork.run(async (session) => {
      const { _id, credentials_version } = connection;
      if (reason !== 'test_failed') await this.lost(scope, _id, credentials_version, reason);
      const failed = await this.connections.markTestFailed(scope, _id);
      await this.events.tested(session, failed, 'failure', at);
      return failed;
    });
  }
}
