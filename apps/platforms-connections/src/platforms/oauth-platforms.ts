import { Injectable } from '@nestjs/common';
import { Problem } from '#contracts';
import { oauthClientOf, type OAuthClient, type PlatformManifest } from '#connectors';
import { PlatformRegistry } from './platform-registry.js';

export interface ReadyOAuthPlatform {
  manifest: PlatformManifest;
  /** Our registration at the vendor. */
  client: OAuthClient;
  /** Whether the vendor takes a PKCE challenge. */
  pkce: boolean;
}

/** The platforms that can be connected by signing in there. */
@Injectable()
export class OAuthPlatforms {
  constructor(private readonly registry: PlatformRegistry) {}

  /**
   * @param idOrSlug of a platform
   * @throws 404 for an unknown platform, 400 `connections.oauth_not_supported`, 500 `connections.oauth_not_configured`
   *   where the operator has not named our client
   */
  ready(idOrSlug: string): ReadyOAuthPlatform {
    const manifest = this.registry.get(idOrSlug);
    const { slug, name, oauth } = manifest.record;
    if (oauth === undefined) {
      throw new Problem(400, 'connections.oauth_not_supported', `${name} is not connected by OAuth`);
    }
    const client = oauthClientOf(slug, process.env, this.registry.places);
    if (client === undefined) {
      throw new Problem(500, 'connections.oauth_not_configured', `OAuth is not configured for ${name}`);
    }
    return { manifest, client, pkce: oauth.pkce };
  }
}
