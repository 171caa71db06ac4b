import type { PlatformManifest } from '../_kit/platform-manifest.js';
import { StandardKeys } from '../_kit/translate/field-keys.js';
import type { VendorModule } from '../_kit/vendor-module.js';
import { keapDialect } from './dialect.js';
import { KeapConnector } from './keap-connector.js';
import { keapTraits } from './traits.js';

const keapKeys = new StandardKeys(keapTraits);

/** Keap's connector for any platform that speaks Keap's REST v2. */
export function keapModule(manifest: PlatformManifest): VendorModule {
  const capabilities = manifest.crm?.capabilities ?? [];
  return {
    manifest,
    dialect: keapDialect(manifest.record.name, manifest.record.api_config.base_url),
    traits: keapTraits,
    keys: keapKeys,
    missing: ({ access_token, api_key }) => ((access_token ?? api_key ?? '') === '' ? ['access_token'] : []),
    open: (client, memory, metadata) => new KeapConnector(client, memory, metadata, capabilities),
  };
}
