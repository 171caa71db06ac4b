import { defineCollection, type Entity, erasedByUser } from '#persistence';

/**
 * What the authorization server remembers: codes, refresh tokens, interactions. `_id` is a hash, because the id of a
 * code or token is the code or token itself; the content is sealed.
 */
export interface OAuthRecord extends Entity {
  kind: string;
  sealed: string;
  uid_hash?: string;
  grant_id?: string;
  user_id?: string;
  consumed_at?: Date;
  expires_at: Date;
}

export const sealedForRecord = (id: string): string => `oauth-record/${id}`;

export const oauthRecordCollection = defineCollection<OAuthRecord>({
  name: 'oauth-records',
  domain: 'oauth_records',
  title: 'Authorization record',
  erasure: erasedByUser('user_id'),
  sealedFor: ({ _id }) => sealedForRecord(_id),
  fields: {
    kind: { type: String, required: true },
    sealed: { type: String, required: true },
    uid_hash: String,
    grant_id: String,
    user_id: String,
    consumed_at: Date,
    expires_at: { type: Date, required: true },
  },
  indexes: [
    { keys: { uid_hash: 1 }, options: { partialFilterExpression: { uid_hash: { $exists: true } } } },
    { keys: { grant_id: 1 }, options: { partialFilterExpression: { grant_id: { $exists: true } } } },
    { keys: { user_id: 1 }, options: { partialFilterExpression: { user_id: { $exists: true } } } },
    { keys: { expires_at: 1 }, options: { expireAfterSeconds: 0 } },
  ],
});
