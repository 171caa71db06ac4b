import { z } from 'zod';
import { path } from '../_kit/call/vendor-path.js';
import type { VendorWebhooks } from '../_kit/vendor-webhooks.js';

const Details = z.object({ portalId: z.union([z.string(), z.number()]).transform(String) });

const LISTS = 'HubSpot does not tell who joins or leaves a list: wait for a changed property (field_changed) instead';

/** HubSpot's webhooks: set up at our app; each brings one changed property. */
export const hubspotWebhooks: VendorWebhooks = {
  address: 'hubspot',
  lacks: { tag_applied: LISTS, tag_removed: LISTS },
  fields: 'told',
  tags: 'told',

  /** A token that was given by hand does not say of which portal it is. */
  async account(client) {
    const { portalId } = await client.call({
      operation: 'readAccount',
      method: 'GET',
      path: path`/account-info/v3/details`,
      target: 'account',
      repeatable: true,
      answer: Details,
    });
    return portalId;
  },
};
