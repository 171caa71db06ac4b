import { Injectable } from '@nestjs/common';
import { isProblem, scopeOf, type AccountScope } from '#contracts';
import { isConnectorError, type WebhookSubscriptions } from '#connectors';
import { ErasureSteps } from '#persistence';
import { logger } from '#telemetry';
import { Clock } from '../clock.js';
import type { Connection } from '../persistence/connection.collection.js';
import { Connections } from '../persistence/connections.repository.js';
import { VendorAccess } from '../vendor/vendor-access.js';
import { WebhookEndpoints, type WebhookEndpoint } from './webhook-endpoints.repository.js';

/** Somebody may be waiting for the deletion: a vendor that takes longer keeps its subscriptions, which lead nowhere. */
const PATIENCE_MS = 8_000;

/** Takes the subscriptions of a connection back at its vendor, while there are still credentials to do it with. */
@Injectable()
export class EndSubscriptions {
  constructor(
    steps: ErasureSteps,
    private readonly endpoints: WebhookEndpoints,
    private readonly connections: Connections,
    private readonly vendors: VendorAccess,
    private readonly clock: Clock,
  ) {
    steps.add({ name: 'vendor_subscriptions', erase: (accountId) => this.ofAccount(scopeOf(accountId)) });
  }

  /**
   * A vendor that cannot be reached, or refuses, keeps no connection from being deleted. Until `letGo`, or for some
   * minutes, nobody subscribes again.
   * @returns how many were ended
   */
  async ofConnection(scope: AccountScope, connection: Connection): Promise<number> {
    const endpoint = await this.endpoints.reserve(scope, connection._id, this.clock.now());
    if (endpoint === null || endpoint.subscriptions.length === 0) return 0;
    const ended: string[] = [];
    try {
      await this.vendors.withWebhooks(scope, connection, PATIENCE_MS, async (vendor) => {
        for (const { hook_id } of endpoint.subscriptions) {
          await unsubscribed(vendor, hook_id);
          ended.push(hook_id);
        }
      });
    } catch (error) {
      if (!isConnectorError(error) && !isProblem(error)) throw error;
      logger.warn({ err: error, connection_id: connection._id }, 'subscriptions of a deleted connection are left over');
    }
    await this.noteEnded(scope, endpoint, ended);
    return ended.length;
  }

  /** The connection is gone, or stays after all: others may look after it. */
  letGo(scope: AccountScope, connectionId: string): Promise<void> {
    return this.endpoints.letGo(scope, connectionId);
  }

  private async ofAccount(scope: AccountScope): Promise<number> {
    let count = 0;
    for (const { _id } of await this.endpoints.list(scope, {}, { fields: ['_id'] })) {
      const connection = await this.connections.find(scope, _id);
      if (connection !== null) count += await this.ofConnection(scope, connection);
    }
    return count;
  }

  private async noteEnded(scope: AccountScope, endpoint: WebhookEndpoint, ended: readonly string[]): Promise<void> {
    const left = endpoint.subscriptions.filter(({ hook_id }) => !ended.includes(hook_id));
    await this.endpoints.note(scope, endpoint, { subscriptions: left });
  }
}

/** One that the vendor has forgotten is as good as ended. */
async function unsubscribed(vendor: WebhookSubscriptions, hookId: string): Promise<void> {
  try {
    await vendor.unsubscribe(hookId);
  } catch (error) {
    if (!isConnectorError(error) || error.kind !== 'not_found') throw error;
  }
}
