import { z } from 'zod';
import { path } from '../_kit/call/vendor-path.js';
import { ask } from './objects.js';
import { isConnectorError } from '../_kit/connector-error.js';
import type { VendorWebhooks } from '../_kit/vendor-webhooks.js';

const Subscribed = z.object({ id: z.union([z.string(), z.number()]).transform(String) });
const TARGET = 'webhooks';
/** Object type of contacts. */
const CONTACTS = 0;

/** Ontraport's webhooks: of tags one by one, and none for a changed contact. */
export const ontraportWebhooks: VendorWebhooks = {
  address: 'ontraport',
  lacks: {
    field_changed:
      'Ontraport does not tell of changed fields: let an automation there apply a tag, and wait for that tag',
  },
  tagByTag: true,
  fields: 'told',
  tags: 'told',
  topics(change, tagId) {
    if (change === 'contact_created') return [`object_create(${CONTACTS})`];
    if (tagId === undefined || change === 'field_changed') return [];
    return [change === 'tag_applied' ? `sub_tag(${tagId})` : `unsub_tag(${tagId})`];
  },

  async subscribe(client, topic, url) {
    const call = {
      operation: 'subscribeWebhook' as const,
      method: 'POST' as const,
      path: path`/Webhook/subscribe`,
      target: TARGET,
      form: { url, event: topic },
      repeatable: false,
    };
    const { data } = await ask(client, call, Subscribed);
    return { id: data.id, active: true };
  },

  async unsubscribe(client, id) {
    try {
      await client.call<void>({
        operation: 'unsubscribeWebhook',
        method: 'DELETE',
        path: path`/Webhook/unsubscribe`,
        target: TARGET,
        query: { id },
        repeatable: true,
      });
    } catch (error) {
      if (!isConnectorError(error) || error.kind !== 'not_found') throw error;
    }
  },
};
