import type { Connection } from './_kit/connection.js';
import type { ConnectorRun } from './_kit/call/vendor-call.js';
import type { PlatformSlug } from './_kit/contact.js';
import type { VendorWebhooks, WebhookSubscription } from './_kit/vendor-webhooks.js';
import { activecampaignWebhooks } from './activecampaign/webhooks.js';
import { gohighlevelWebhooks } from './gohighlevel/webhooks.js';
import { hubspotWebhooks } from './hubspot/webhooks.js';
import { keapWebhooks } from './keap/webhooks.js';
import { ontraportWebhooks } from './ontraport/webhooks.js';

const WEBHOOKS: Readonly<Partial<Record<PlatformSlug, VendorWebhooks>>> = {
  keap: keapWebhooks,
  sandbox: keapWebhooks,
  gohighlevel: gohighlevelWebhooks,
  hubspot: hubspotWebhooks,
  activecampaign: activecampaignWebhooks,
  ontraport: ontraportWebhooks,
};

/** How a platform tells of changes of contacts; undefined for one that does not. */
export const webhooksOf = (slug: string): VendorWebhooks | undefined => WEBHOOKS[slug as PlatformSlug];

/** The subscriptions of one connection at its vendor. Every call throws `ConnectorError` only. */
export interface WebhookSubscriptions {
  subscribe(topic: string, url: string): Promise<WebhookSubscription>;
  unsubscribe(id: string): Promise<void>;
  /** @returns undefined where the vendor never switches a subscription off */
  renew(id: string): Promise<WebhookSubscription | undefined>;
}

/** The account of a connection in the words of its vendor's webhooks; undefined where none has to be asked for. */
export async function vendorAccount(
  connection: Connection,
  slug: string,
  run: ConnectorRun = {},
): Promise<string | undefined> {
  return webhooksOf(slug)?.account?.(connection.client(run));
}

/** Access to a connection's subscriptions; undefined where there is nothing to subscribe to. */
export function webhookSubscriptions(
  connection: Connection,
  slug: string,
  run: ConnectorRun = {},
): WebhookSubscriptions | undefined {
  const vendor = webhooksOf(slug);
  const { subscribe, unsubscribe, renew } = vendor ?? {};
  if (subscribe === undefined || unsubscribe === undefined) return undefined;
  const client = connection.client(run);
  return {
    subscribe: (topic, url) => subscribe(client, topic, url),
    unsubscribe: (id) => unsubscribe(client, id),
    renew: (id) => renew?.(client, id) ?? Promise.resolve(undefined),
  };
}
