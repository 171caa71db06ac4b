import { defineCollection, erasedByUser, type Entity } from '#persistence';

/** A person at Google who signs in as a user here. `_id` is Google's name of the person. */
export interface GoogleIdentity extends Entity {
  user_id: string;
  /** At Google, when it was linked. */
  email: string;
}

export const googleIdentityCollection = defineCollection<GoogleIdentity>({
  name: 'google-identities',
  domain: 'google_identities',
  title: 'Google identity',
  erasure: erasedByUser('user_id'),
  fields: { user_id: { type: String, required: true }, email: { type: String, required: true } },
  indexes: [{ keys: { user_id: 1 }, options: { unique: true } }],
});
