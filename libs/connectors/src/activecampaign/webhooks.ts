import { z } from 'zod';
import { path } from '../_kit/call/vendor-path.js';
import { isConnectorError } from '../_kit/connector-error.js';
import type { VendorWebhooks } from '../_kit/vendor-webhooks.js';

const Created = z.object({ webhook: z.object({ id: z.union([z.string(), z.number()]).transform(String) }) });
const TARGET = 'webhooks';

const TOPICS = {
  tag_applied: 'contact_tag_added',
  tag_removed: 'contact_tag_removed',
  contact_created: 'subscribe',
  field_changed: 'update',
} as const;

/** What changes contacts on the vendor's side. Changes through the API are left out: most of them are our own. */
const SOURCES = ['public', 'admin', 'system'];

/** ActiveCampaign's webhooks: forms, sent once and never again. */
export const activecampaignWebhooks: VendorWebhooks = {
  address: 'activecampaign',
  lacks: {},
  fields: 'look',
  tags: 'told',
  topics: (change) => [TOPICS[change]],

  async subscribe(client, topic, url) {
    const { webhook } = await client.call({
      operation: 'subscribeWebhook',
      method: 'POST',
      path: path`/webhooks`,
      target: TARGET,
      json: { webhook: { name: `MyFusion Helper: ${topic}`, url, events: [topic], sources: SOURCES } },
      repeatable: false,
      answer: Created,
    });
    return { id: webhook.id, active: true };
  },

  async unsubscribe(client, id) {
    try {
      await client.call<void>({
        operation: 'unsubscribeWebhook',
        method: 'DELETE',
        path: path`/webhooks/${id}`,
        target: TARGET,
        repeatable: true,
      });
    } catch (error) {
      if (!isConnectorError(error) || error.kind !== 'not_found') throw error;
    }
  },
};
