import type { PlatformManifest } from '../_kit/platform-manifest.js';
import { StandardKeys } from '../_kit/translate/field-keys.js';
import type { VendorModule } from '../_kit/vendor-module.js';
import { hubspotDialect } from './dialect.js';
import { HubspotConnector } from './hubspot-connector.js';
import { hubspotTraits } from './traits.js';

const hubspotKeys = new StandardKeys(hubspotTraits);

/** HubSpot's connector, for tokens of OAuth and of private apps. */
export function hubspotModule(manifest: PlatformManifest): VendorModule {
  const capabilities = manifest.crm?.capabilities ?? [];
  return {
    manifest,
    dialect: hubspotDialect(manifest.record.name, manifest.record.api_config.base_url),
    traits: hubspotTraits,
    keys: hubspotKeys,
    missing: ({ access_token, api_key }) => ((access_token ?? api_key ?? '') === '' ? ['access_token'] : []),
    open: (client, memory, metadata) => new HubspotConnector(client, memory, metadata, capabilities),
  };
}
