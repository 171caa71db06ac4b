import { defineCollection, type Entity, erasedByUser } from '#persistence';
import type { SecretPurpose, SecretWay } from '../domain/one-time-secret.js';

/** A code or a link's token that was mailed. `_id` names purpose, way and user: a newer one replaces an older one. */
export interface OneTimeSecret extends Entity {
  purpose: SecretPurpose;
  way: SecretWay;
  user_id: string;
  /** Where it was sent: it proves that its user reads this address, and no other. */
  email: string;
  secret_hash: string;
  attempts_left: number;
  expires_at: Date;
}

/** An expired code is kept a little, so that who types it learns that it is too old, not that it is wrong. */
const KEPT_AFTER_EXPIRY_S = 15 * 60;

export const oneTimeSecretCollection = defineCollection<OneTimeSecret>({
  name: 'one-time-secrets',
  domain: 'one_time_secrets',
  title: 'One-time secret',
  erasure: erasedByUser('user_id'),
  fields: {
    purpose: { type: String, required: true },
    way: { type: String, required: true },
    user_id: { type: String, required: true },
    email: { type: String, required: true },
    secret_hash: { type: String, required: true },
    attempts_left: { type: Number, required: true },
    expires_at: { type: Date, required: true },
  },
  indexes: [
    { keys: { secret_hash: 1 } },
    { keys: { user_id: 1 } },
    { keys: { expires_at: 1 }, options: { expireAfterSeconds: KEPT_AFTER_EXPIRY_S } },
  ],
});
