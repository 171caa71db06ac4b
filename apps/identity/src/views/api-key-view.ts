import { z } from 'zod';
import { KEY_SCOPES } from '#contracts';
import type { ApiKey } from '../persistence/api-key.collection.js';

/** An API key as clients read it: neither the key nor its hash. */
export const ApiKeyView = z
  .object({
    key_id: z.string(),
    account_id: z.string(),
    created_by: z.string(),
    name: z.string(),
    key_prefix: z.string(),
    permissions: z.array(z.enum(KEY_SCOPES)),
    status: z.enum(['active', 'revoked', 'expired']),
    last_used_at: z.iso.datetime().optional(),
    created_at: z.iso.datetime(),
    expires_at: z.iso.datetime().optional(),
    /** True for a key whose executions are dry runs. */
    test: z.boolean().optional(),
    allowed_ips: z.array(z.string()).optional(),
    helper_ids: z.array(z.string()).optional(),
    /** The key that takes its place. */
    replaced_by: z.string().optional(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKeyView = z.infer<typeof ApiKeyView>;

const hasExpired = ({ status, expires_at }: ApiKey, now: Date): boolean =>
  status === 'active' && expires_at !== undefined && expires_at <= now;

export const apiKeyView = (key: ApiKey, now: Date): ApiKeyView => ({
  key_id: key._id,
  account_id: key.account_id,
  created_by: key.created_by,
  name: key.name,
  key_prefix: key.key_prefix,
  permissions: key.permissions,
  status: hasExpired(key, now) ? 'expired' : key.status,
  ...(key.last_used_at !== undefined && { last_used_at: key.last_used_at.toISOString() }),
  created_at: key.created_at.toISOString(),
  ...(key.expires_at !== undefined && { expires_at: key.expires_at.toISOString() }),
  ...(key.test === true && { test: true }),
  ...(key.allowed_ips !== undefined && { allowed_ips: key.allowed_ips }),
  ...(key.helper_ids !== undefined && { helper_ids: key.helper_ids }),
  ...(key.replaced_by !== undefined && { replaced_by: key.replaced_by }),
});
