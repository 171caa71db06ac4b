import type { PlatformManifest } from '../_kit/platform-manifest.js';
import { StandardKeys } from '../_kit/translate/field-keys.js';
import type { VendorModule } from '../_kit/vendor-module.js';
import { gohighlevelDialect } from './dialect.js';
import { GohighlevelConnector } from './gohighlevel-connector.js';
import { gohighlevelTraits } from './traits.js';

const keys = new StandardKeys(gohighlevelTraits);

/** GoHighLevel's connector: a token of a location, and that location's id. */
export function gohighlevelModule(manifest: PlatformManifest): VendorModule {
  const { record, crm } = manifest;
  return {
    manifest,
    dialect: gohighlevelDialect(record.name, record.api_config.base_url),
    traits: gohighlevelTraits,
    keys,
    missing: ({ access_token, api_key, account_id = '' }) => [
      ...((access_token ?? api_key ?? '') === '' ? ['access_token'] : []),
      ...(account_id === '' ? ['account_id'] : []),
    ],
    open: (client, _memory, metadata) => new GohighlevelConnector(client, metadata, crm?.capabilities ?? []),
  };
}
