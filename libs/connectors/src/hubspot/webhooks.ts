import type { VendorWebhooks } from '../_kit/vendor-webhooks.js';

const LISTS = 'HubSpot does not tell who joins or leaves a list: wait for a changed property (field_changed) instead';

/** HubSpot's webhooks: set up at our app; each brings one changed property. */
export const hubspotWebhooks: VendorWebhooks = {
  address: 'hubspot',
  lacks: { tag_applied: LISTS, tag_removed: LISTS },
  fields: 'told',
  tags: 'told',
};
