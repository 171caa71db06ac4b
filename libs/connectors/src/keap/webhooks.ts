import { z } from 'zod';
import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import { isConnectorError } from '../_kit/connector-error.js';
import type { VendorWebhooks, WebhookSubscription } from '../_kit/vendor-webhooks.js';

const Hook = z.object({ key: z.union([z.string(), z.number()]).transform(String), status: z.string() });
const TARGET = 'hooks';

/** REST hooks exist only in the older version of the API. */
const older = (base: string): string => base.replace(/\/v2$/, '/v1');

const TOPICS = {
  tag_applied: 'contactGroup.applied',
  tag_removed: 'contactGroup.removed',
  contact_created: 'contact.add',
  field_changed: 'contact.edit',
} as const;

/** Whatever is awaited: what is gone must not be remembered. */
const DELETED = 'contact.delete';

const subscriptionOf = ({ key, status }: z.output<typeof Hook>): WebhookSubscription => ({
  id: key,
  active: status.toLowerCase() === 'verified',
});

/** Keap's REST hooks: one for each kind of event; they tell ids only. */
export const keapWebhooks: VendorWebhooks = {
  address: 'keap',
  lacks: {},
  fields: 'look',
  tags: 'told',
  topics: (change) => [TOPICS[change], DELETED],

  async subscribe(client, topic, url) {
    const hook = await client.call({
      operation: 'subscribeWebhook',
      method: 'POST',
      base: older,
      path: path`/hooks`,
      target: TARGET,
      json: { eventKey: topic, hookUrl: url },
      // Asking again for the same event and address gives the same hook.
      repeatable: true,
      answer: Hook,
    });
    return subscriptionOf(hook);
  },

  async unsubscribe(client, id) {
    try {
      await client.call<void>({
        operation: 'unsubscribeWebhook',
        method: 'DELETE',
        base: older,
        path: path`/hooks/${id}`,
        target: TARGET,
        repeatable: true,
      });
    } catch (error) {
      if (!isConnectorError(error) || error.kind !== 'not_found') throw error;
    }
  },

  async renew(client, id) {
    const call = {
      operation: 'subscribeWebhook',
      base: older,
      target: TARGET,
      repeatable: true,
      answer: Hook,
    } as const;
    const hook = await client.call({ ...call, method: 'GET', path: path`/hooks/${id}` });
    if (subscriptionOf(hook).active) return subscriptionOf(hook);
    return subscriptionOf(await verify(client, id, call));
  },
};

/** Lets Keap try the address out again. */
function verify(
  client: VendorClient,
  id: string,
  call: {
    operation: 'subscribeWebhook';
    base: (usual: string) => string;
    target: string;
    repeatable: boolean;
    answer: typeof Hook;
  },
): Promise<z.output<typeof Hook>> {
  return client.call({ ...call, method: 'POST', path: path`/hooks/${id}/verify` });
}
