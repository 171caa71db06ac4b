import { defineCollection, type TenantEntity, erasedByAccount } from '#persistence';

/**
 * One sign-in at a vendor that has been started. Its key is the SHA-256 of the state, so that a copy of the database
 * cannot be used to finish somebody's sign-in.
 */
export interface OAuthState extends TenantEntity {
  user_id: string;
  platform_id: string;
  /** The address registered with the vendor; the code exchange must repeat it. */
  redirect_uri: string;
  success_redirect?: string;
  failure_redirect?: string;
  /** Sealed PKCE verifier, where the platform uses PKCE. */
  sealed_verifier?: string;
  expires_at: Date;
  ttl: Date;
}

export const oauthStateCollection = defineCollection<OAuthState>({
  name: 'oauth-states',
  domain: 'connections',
  title: 'OAuth state',
  erasure: erasedByAccount,
  fields: {
    user_id: { type: String, required: true },
    platform_id: { type: String, required: true },
    redirect_uri: { type: String, required: true },
    success_redirect: String,
    failure_redirect: String,
    sealed_verifier: String,
    expires_at: { type: Date, required: true },
    ttl: { type: Date, required: true },
  },
  indexes: [{ keys: { ttl: 1 }, options: { expireAfterSeconds: 0 } }],
});
