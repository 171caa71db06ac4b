import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { AccountScope, InboundVendor } from '#contracts';
import type { VendorWebhooks } from '#connectors';
import { Sealer } from '#sealing';
import { CONNECTIONS_SETTINGS, type ConnectionsSettings } from '../settings.js';
import { hashOf, WebhookEndpoints, type WebhookEndpoint } from './webhook-endpoints.repository.js';

/** Gives connections their webhook addresses. */
@Injectable()
export class OpenEndpoint {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly sealer: Sealer,
    @Inject(CONNECTIONS_SETTINGS) private readonly settings: ConnectionsSettings,
  ) {}

  /** Makes the endpoint of a connection, due at once; joins the caller's transaction. */
  async open(scope: AccountScope, connectionId: string, webhooks: VendorWebhooks): Promise<void> {
    const secret = webhooks.subscribe === undefined ? undefined : randomBytes(32).toString('base64url');
    await this.endpoints.insert(scope, {
      _id: connectionId,
      vendor: webhooks.address as InboundVendor,
      ...(secret !== undefined && {
        secret_hash: hashOf(secret),
        sealed_secret: await this.sealer.seal(secret, scope.accountId),
      }),
      subscriptions: [],
      due_at: new Date(),
      revision: 1,
      attempts: 0,
    });
  }

  /** The address that the vendor is given; undefined where one address serves all. */
  async addressOf(scope: AccountScope, endpoint: WebhookEndpoint): Promise<string | undefined> {
    if (endpoint.sealed_secret === undefined) return undefined;
    const secret = await this.sealer.open(endpoint.sealed_secret, scope.accountId);
    return `${this.settings.publicUrl}/webhooks/${endpoint.vendor}/${secret}`;
  }
}
