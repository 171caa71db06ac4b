import type { KeyScope } from '#contracts';
import { defineCollection, type Entity, erasedByAccountAndUser } from '#persistence';

/** Why a linked app may do nothing any more. */
export type GrantEndReason =
  'revoked_by_user' | 'revoked_by_app' | 'token_reused' | 'membership_lost' | 'password_changed' | 'logout_all';

/** What a user allowed another product to do in their name, in one account. */
export interface AppGrant extends Entity {
  user_id: string;
  account_id: string;
  client_id: string;
  scopes: KeyScope[];
  /** When it last asked for tokens. */
  last_used_at: Date;
  revoked_at?: Date;
  revoke_reason?: GrantEndReason;
  /** When nobody needs to know of it any more. */
  kept_until: Date;
}

export const appGrantCollection = defineCollection<AppGrant>({
  name: 'app-grants',
  domain: 'grants',
  title: 'Grant',
  erasure: erasedByAccountAndUser('user_id'),
  fields: {
    user_id: { type: String, required: true },
    client_id: { type: String, required: true },
    scopes: { type: [String], required: true },
    last_used_at: { type: Date, required: true },
    revoked_at: Date,
    revoke_reason: String,
    kept_until: { type: Date, required: true },
  },
  indexes: [
    { keys: { user_id: 1, created_at: -1 } },
    { keys: { revoked_at: 1 }, options: { partialFilterExpression: { revoked_at: { $exists: true } } } },
    { keys: { kept_until: 1 }, options: { expireAfterSeconds: 0 } },
  ],
});
