import type { ApiKey } from '../persistence/api-key.collection.js';

/** What events say about a key. */
export const apiKeyFact = (key: ApiKey) => ({
  subject: key._id,
  accountId: key.account_id,
  data: {
    key_id: key._id,
    name: key.name,
    key_prefix: key.key_prefix,
    permissions: key.permissions,
    created_by: key.created_by,
  },
});
