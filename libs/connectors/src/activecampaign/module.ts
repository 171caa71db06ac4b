import { accountAddresses } from '../_kit/account-address.js';
import type { PlatformManifest } from '../_kit/platform-manifest.js';
import { StandardKeys } from '../_kit/translate/field-keys.js';
import type { VendorModule } from '../_kit/vendor-module.js';
import { ActiveCampaignConnector } from './activecampaign-connector.js';
import { activecampaignDialect } from './dialect.js';
import { activecampaignTraits } from './traits.js';

const keys = new StandardKeys(activecampaignTraits);

/** ActiveCampaign's connector. Every account has an address of its own, which the customer gives. */
export function activecampaignModule(manifest: PlatformManifest): VendorModule {
  const capabilities = manifest.crm?.capabilities ?? [];
  const addressOf = accountAddresses(manifest);
  if (addressOf === undefined) throw new Error('The manifest does not say where an account’s API begins');
  return {
    manifest,
    dialect: activecampaignDialect(manifest.record.name, addressOf),
    traits: activecampaignTraits,
    keys,
    missing: ({ api_key, base_url }) => [
      ...((api_key ?? '') === '' ? ['api_key'] : []),
      ...((base_url ?? '') === '' ? ['base_url'] : []),
    ],
    open: (client, _memory, metadata) => new ActiveCampaignConnector(client, metadata, capabilities),
  };
}
