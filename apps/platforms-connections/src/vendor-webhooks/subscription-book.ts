import { Injectable } from '@nestjs/common';
import { scopeOf } from '#contracts';
import {
  isConnectorError,
  type VendorWebhooks,
  type WebhookSubscription,
  type WebhookSubscriptions,
} from '#connectors';
import { Clock } from '../clock.js';
import type { Connection } from '../persistence/connection.collection.js';
import { Connections } from '../persistence/connections.repository.js';
import { VendorAccess } from '../vendor/vendor-access.js';
import { OpenEndpoint } from './open-endpoint.js';
import { WebhookEndpoints, type Subscription, type WebhookEndpoint } from './webhook-endpoints.repository.js';

const TIMEOUT_MS = 60_000;

/** Subscribes and unsubscribes at vendors, and writes each step down before the next. */
@Injectable()
export class SubscriptionBook {
  constructor(
    private readonly vendors: VendorAccess,
    private readonly connections: Connections,
    private readonly endpoints: WebhookEndpoints,
    private readonly opener: OpenEndpoint,
    private readonly clock: Clock,
  ) {}

  /** Finds out by which account the vendor's webhooks will name this connection. @throws ConnectorError */
  async nameAccount(connection: Connection, webhooks: VendorWebhooks): Promise<void> {
    if (webhooks.account === undefined || connection.external_app_id !== undefined) return;
    const scope = scopeOf(connection.account_id);
    const account = await this.vendors.account(scope, connection, TIMEOUT_MS);
    if (account !== undefined) await this.connections.update(scope, connection._id, { external_app_id: account });
  }

  /** @returns whether the vendor delivers all that is wanted @throws ConnectorError */
  async settle(endpoint: WebhookEndpoint, connection: Connection, wanted: ReadonlySet<string>): Promise<boolean> {
    const scope = scopeOf(connection.account_id);
    const url = await this.opener.addressOf(scope, endpoint);
    if (url === undefined || (wanted.size === 0 && endpoint.subscriptions.length === 0)) return true;
    return this.vendors.withWebhooks(scope, connection, TIMEOUT_MS, async (vendor) => {
      let held = [...endpoint.subscriptions];
      const keep = async (next: Subscription[]): Promise<void> => {
        held = next;
        await this.endpoints.note(scope, endpoint, { subscriptions: held });
      };
      for (const old of held.filter(({ topic }) => !wanted.has(topic))) {
        await vendor.unsubscribe(old.hook_id);
        await keep(held.filter((one) => one !== old));
      }
      for (const old of held) {
        const renewed = await this.#renewed(vendor, old);
        await keep(held.flatMap((one) => (one === old ? (renewed ?? []) : one)));
      }
      for (const topic of wanted) {
        if (held.some((one) => one.topic === topic)) continue;
        await keep([...held, this.#entry(topic, await vendor.subscribe(topic, url))]);
      }
      return held.every(({ active }) => active);
    });
  }

  /** @returns undefined for a subscription that the vendor does not know any more */
  async #renewed(vendor: WebhookSubscriptions, old: Subscription): Promise<Subscription | undefined> {
    try {
      const renewed = await vendor.renew(old.hook_id);
      return renewed === undefined ? old : this.#entry(old.topic, renewed);
    } catch (error) {
      if (isConnectorError(error) && error.kind === 'not_found') return undefined;
      throw error;
    }
  }

  #entry(topic: string, { id, active }: WebhookSubscription): Subscription {
    return { topic, hook_id: id, active, checked_at: this.clock.now() };
  }
}
