import type { PlatformSlug } from './_kit/contact.js';
import type { PlatformManifest } from './_kit/platform-manifest.js';
import type { VendorModule } from './_kit/vendor-module.js';
import { activecampaignModule } from './activecampaign/module.js';
import { gohighlevelModule } from './gohighlevel/module.js';
import { hubspotModule } from './hubspot/module.js';
import { keapModule } from './keap/module.js';
import { ontraportModule } from './ontraport/module.js';
import type { PlatformPlaces } from './places.js';
import { platformOf } from './platforms.js';

/** The vendors whose connectors exist. The demo CRM is Keap's connector at another address. */
const MODULES: Readonly<Partial<Record<PlatformSlug, (manifest: PlatformManifest) => VendorModule>>> = {
  activecampaign: activecampaignModule,
  gohighlevel: gohighlevelModule,
  hubspot: hubspotModule,
  keap: keapModule,
  ontraport: ontraportModule,
  sandbox: keapModule,
};

const made = new WeakMap<PlatformPlaces, Map<PlatformSlug, VendorModule | undefined>>();

/** The vendor of a platform, as it is reached in these places. Kept per `places`, so pass the same object. */
export function vendorOf(platform: PlatformSlug, places: PlatformPlaces): VendorModule | undefined {
  const modules = made.get(places) ?? new Map<PlatformSlug, VendorModule | undefined>();
  made.set(places, modules);
  if (!modules.has(platform)) {
    const manifest = platformOf(platform, places);
    modules.set(platform, manifest === undefined ? undefined : MODULES[platform]?.(manifest));
  }
  return modules.get(platform);
}
