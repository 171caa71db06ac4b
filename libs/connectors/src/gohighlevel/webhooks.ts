import type { VendorWebhooks } from '../_kit/vendor-webhooks.js';

/** GoHighLevel's webhooks: set up at our app; each brings the whole contact as it is now. */
export const gohighlevelWebhooks: VendorWebhooks = {
  address: 'gohighlevel',
  lacks: {},
  fields: 'snapshot',
  tags: 'snapshot',
};
