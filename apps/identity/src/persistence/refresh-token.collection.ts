import { defineCollection, type Entity, keptBecause } from '#persistence';

/**
 * One refresh token that was ever issued. `_id` is its SHA-256; the token itself is stored nowhere. Used-up ones are
 * kept as long as their session can live, so that the use of a stolen one is recognised.
 */
export interface RefreshToken extends Entity {
  session_id: string;
  generation: number;
  expires_at: Date;
}

export const refreshTokenCollection = defineCollection<RefreshToken>({
  name: 'refresh-tokens',
  domain: 'refresh_tokens',
  title: 'Refresh token',
  erasure: keptBecause('hashes of random texts, void without their session, that expire with it'),
  fields: {
    session_id: { type: String, required: true },
    generation: { type: Number, required: true },
    expires_at: { type: Date, required: true },
  },
  indexes: [{ keys: { expires_at: 1 }, options: { expireAfterSeconds: 0 } }],
});
