import type { PlatformSlug } from './_kit/contact.js';
import type { VendorModule } from './_kit/vendor-module.js';
import { keapManifest } from './keap/manifest.js';
import { keapModule } from './keap/module.js';
import { sandboxManifest } from './sandbox/manifest.js';

const keap = keapModule(keapManifest);

/** The vendors whose connectors exist. The demo CRM is Keap's connector at another address. */
export function vendorOf(platform: PlatformSlug, sandboxUrl: string | undefined): VendorModule | undefined {
  if (platform === 'keap') return keap;
  if (platform === 'sandbox' && sandboxUrl !== undefined) return keapModule(sandboxManifest(sandboxUrl));
  return undefined;
}
