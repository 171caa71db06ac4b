import { defineCollection, keptBecause, type Entity } from '#persistence';

/** Somebody is at Google. `_id` is the hash of the state that comes back with them, once. */
export interface GoogleSignIn extends Entity {
  nonce: string;
  /** PKCE, sealed. */
  sealed_verifier: string;
  /** Path of the web client to go on with. */
  redirect?: string;
  expires_at: Date;
}

/** What a verifier is sealed for: it opens with no other state. */
export const sealedForGoogleSignIn = (id: string): string => `identity/google-sign-in/${id}`;

export const googleSignInCollection = defineCollection<GoogleSignIn>({
  name: 'google-sign-ins',
  domain: 'google_sign_ins',
  title: 'Google sign-in',
  erasure: keptBecause('begun by nobody that is known yet, and gone after ten minutes'),
  fields: {
    nonce: { type: String, required: true },
    sealed_verifier: { type: String, required: true },
    redirect: String,
    expires_at: { type: Date, required: true },
  },
  sealedFor: ({ _id }) => sealedForGoogleSignIn(_id),
  indexes: [{ keys: { expires_at: 1 }, options: { expireAfterSeconds: 0 } }],
});
