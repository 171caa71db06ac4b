import type { KeyScope } from '#contracts';
import { defineCollection, StateMachine, type TenantEntity, erasedByAccount } from '#persistence';

/** A revoked key never works again; one that has expired is still `active` here. */
export const apiKeyStates = new StateMachine<ApiKey['status']>('api_keys', { active: ['revoked'], revoked: [] });

/** A key that programs of an account call with. The key itself is stored nowhere. */
export interface ApiKey extends TenantEntity {
  created_by: string;
  name: string;
  /** SHA-256 of the raw key, hex. */
  key_hash: string;
  key_prefix: string;
  permissions: KeyScope[];
  status: 'active' | 'revoked';
  /** What it asks for is only tried out. */
  test?: true;
  /** Addresses and networks that it may be used from; absent where it may be used from anywhere. */
  allowed_ips?: string[];
  /** The only helpers that exist for it; absent where all do. */
  helper_ids?: string[];
  /** The key that takes its place; it works until `expires_at` beside it. */
  replaced_by?: string;
  last_used_at?: Date;
  expires_at?: Date;
  revoked_at?: Date;
}

export const apiKeyCollection = defineCollection<ApiKey>({
  name: 'api-keys',
  domain: 'api_keys',
  title: 'API key',
  erasure: erasedByAccount,
  fields: {
    created_by: { type: String, required: true },
    name: { type: String, required: true },
    key_hash: { type: String, required: true },
    key_prefix: { type: String, required: true },
    permissions: { type: [String], required: true },
    status: { type: String, required: true },
    test: Boolean,
    allowed_ips: { type: [String], default: undefined },
    helper_ids: { type: [String], default: undefined },
    replaced_by: String,
    last_used_at: Date,
    expires_at: Date,
    revoked_at: Date,
  },
  indexes: [
    { keys: { key_hash: 1 }, options: { unique: true } },
    { keys: { account_id: 1, status: 1, created_at: 1 } },
    { keys: { revoked_at: 1 }, options: { partialFilterExpression: { revoked_at: { $exists: true } } } },
  ],
});
