import { Inject, Injectable } from '@nestjs/common';
import { createHmac } from 'node:crypto';
import { Provider } from 'oidc-provider';
import { logger } from '#telemetry';
import { IDENTITY_SETTINGS, type IdentitySettings } from '../settings.js';
import { DerivationKey } from '../sessions/derivation-key.js';
import { SigningKeyRing } from '../signing-keys/signing-key-ring.js';
import { AppAccounts } from './app-accounts.js';
import { OAuthAdapters } from './oauth-adapter.js';
import { oauthConfiguration } from './oauth-configuration.js';
import { RingKey } from './ring-key.js';

/** The authorization server for linked apps. It signs by the key that all access tokens are signed by. */
@Injectable()
export class OAuthProvider {
  private built: { kid: string; provider: Provider } | undefined;

  constructor(
    private readonly keys: SigningKeyRing,
    private readonly derivationKey: DerivationKey,
    private readonly adapters: OAuthAdapters,
    private readonly accounts: AppAccounts,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  /** It knows one key, so another one begins with another key; all that it remembers is in the database. */
  async current(): Promise<Provider> {
    const [material, published, secret] = await Promise.all([
      this.keys.signing(),
      this.keys.published(),
      this.derivationKey.get(),
    ]);
    if (this.built?.kid === material.kid) return this.built.provider;
    const key = published.find(({ kid }) => kid === material.kid);
    if (key === undefined) throw new Error('The signing key is not published');
    const provider = new Provider(
      this.settings.publicUrl,
      oauthConfiguration({
        settings: this.settings,
        signingKey: new RingKey(material, key),
        cookieKey: createHmac('sha256', secret).update('oauth-cookies').digest('base64url'),
        adapter: (kind) => this.adapters.of(kind),
        account: (userId, grantId) => this.accounts.find(userId, grantId),
      }),
    );
    // The gateway alone speaks to this service, and says how the client reached it.
    provider.proxy = true;
    provider.on('server_error', (_ctx, error) => logger.error({ err: error }, 'the authorization server failed'));
    this.built = { kid: material.kid, provider };
    return provider;
  }
}
