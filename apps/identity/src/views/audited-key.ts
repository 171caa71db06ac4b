import type { AuditedFact } from '#audit';
import type { ApiKey } from '../persistence/api-key.collection.js';

/** What the audit log says about a key: neither the key nor its hash. */
export const auditedKey = (
  fact: 'created' | 'rotated' | 'revoked',
  key: ApiKey,
): Pick<AuditedFact, 'type' | 'accountId' | 'target' | 'data'> => ({
  type: `identity.api_key.${fact}`,
  accountId: key.account_id,
  target: { kind: 'api_key', id: key._id },
  data: {
    name: key.name,
    prefix: key.key_prefix,
    permissions: key.permissions,
    ...(key.replaced_by !== undefined && { replaced_by: key.replaced_by }),
    ...(key.expires_at !== undefined && { expires_at: key.expires_at.toISOString() }),
  },
});
