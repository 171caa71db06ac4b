import type { SessionEndReason } from '#contracts';
import { defineCollection, type Entity, erasedByAccountAndUser } from '#persistence';

/** One sign-in of a user: all tokens that descend from it, however often they were refreshed. */
export interface Session extends Entity {
  user_id: string;
  /** Account the session acts in. */
  account_id: string;
  /** Number of the refresh token that is valid now; 1 for the first. */
  generation: number;
  /** What the user showed to sign in: `pwd` or `google`, with `otp` and `mfa` for a second factor. */
  amr: string[];
  ip: string;
  user_agent: string;
  device_label: string;
  last_used_at: Date;
  idle_expires_at: Date;
  absolute_expires_at: Date;
  /** Who asked for the refresh token that is valid now, and when. */
  rotated_at?: Date;
  rotated_ip?: string;
  rotated_agent?: string;
  revoked_at?: Date;
  revoke_reason?: SessionEndReason;
}

const KEPT_AFTER_END_S = 24 * 60 * 60;

export const sessionCollection = defineCollection<Session>({
  name: 'sessions',
  domain: 'sessions',
  title: 'Session',
  erasure: erasedByAccountAndUser('user_id'),
  fields: {
    user_id: { type: String, required: true },
    generation: { type: Number, required: true },
    amr: { type: [String], required: true },
    ip: String,
    user_agent: String,
    device_label: String,
    last_used_at: { type: Date, required: true },
    idle_expires_at: { type: Date, required: true },
    absolute_expires_at: { type: Date, required: true },
    rotated_at: Date,
    rotated_ip: String,
    rotated_agent: String,
    revoked_at: Date,
    revoke_reason: String,
  },
  indexes: [
    { keys: { user_id: 1, last_used_at: -1 } },
    { keys: { revoked_at: 1 }, options: { partialFilterExpression: { revoked_at: { $exists: true } } } },
    // Kept a day longer than the session may live: as long as an access token of it can.
    { keys: { absolute_expires_at: 1 }, options: { expireAfterSeconds: KEPT_AFTER_END_S } },
  ],
});
