import type { PlatformManifest } from '../_kit/platform-manifest.js';
import { StandardKeys } from '../_kit/translate/field-keys.js';
import type { VendorModule } from '../_kit/vendor-module.js';
import { ontraportDialect } from './dialect.js';
import { OntraportConnector } from './ontraport-connector.js';
import { ontraportTraits } from './traits.js';

const ontraportKeys = new StandardKeys(ontraportTraits);

/** Ontraport's connector. */
export function ontraportModule(manifest: PlatformManifest): VendorModule {
  const capabilities = manifest.crm?.capabilities ?? [];
  return {
    manifest,
    dialect: ontraportDialect(manifest.record.name, manifest.record.api_config.base_url),
    traits: ontraportTraits,
    keys: ontraportKeys,
    missing: ({ api_key, api_secret }) => [
      ...((api_key ?? '') === '' ? ['api_key'] : []),
      ...((api_secret ?? '') === '' ? ['app_id'] : []),
    ],
    open: (client, memory, metadata) => new OntraportConnector(client, memory, metadata, capabilities),
  };
}
