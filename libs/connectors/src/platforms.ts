import type { PlatformManifest } from './_kit/platform-manifest.js';
import { activecampaignManifest } from './activecampaign/manifest.js';
import { boxManifest } from './box/manifest.js';
import { calendlyManifest } from './calendly/manifest.js';
import { donorleadManifest } from './donorlead/manifest.js';
import { dropboxManifest } from './dropbox/manifest.js';
import { everwebinarManifest } from './everwebinar/manifest.js';
import { facebookManifest } from './facebook/manifest.js';
import { gohighlevelManifest } from './gohighlevel/manifest.js';
import { googleSheetsManifest } from './google-sheets/manifest.js';
import { gotowebinarManifest } from './gotowebinar/manifest.js';
import { hubspotManifest } from './hubspot/manifest.js';
import { keapManifest } from './keap/manifest.js';
import { ontraportManifest } from './ontraport/manifest.js';
import { sandboxManifest } from './sandbox/manifest.js';
import { slackManifest } from './slack/manifest.js';
import { stripeManifest } from './stripe/manifest.js';
import { trelloManifest } from './trello/manifest.js';
import { twilioManifest } from './twilio/manifest.js';
import { webinarjamManifest } from './webinarjam/manifest.js';
import { placed, type PlatformPlaces } from './places.js';
import { zoomManifest } from './zoom/manifest.js';

/** Platforms with a fixed address, CRMs first, in the order in which clients list them. */
const vendors: readonly PlatformManifest[] = [
  activecampaignManifest,
  gohighlevelManifest,
  hubspotManifest,
  keapManifest,
  ontraportManifest,
  boxManifest,
  calendlyManifest,
  donorleadManifest,
  dropboxManifest,
  everwebinarManifest,
  facebookManifest,
  googleSheetsManifest,
  gotowebinarManifest,
  slackManifest,
  stripeManifest,
  trelloManifest,
  twilioManifest,
  webinarjamManifest,
  zoomManifest,
];

/**
 * The platform registry.
 * @param places where they are reached; without a demo CRM the platform `sandbox` does not exist
 */
export function platforms(places: PlatformPlaces): readonly PlatformManifest[] {
  const reached = vendors.map((manifest) => placed(manifest, places));
  return places.sandboxUrl === undefined ? reached : [...reached, sandboxManifest(places.sandboxUrl)];
}

/** The manifest of a slug, or undefined for an unknown one. */
export function platformOf(slug: string, places: PlatformPlaces): PlatformManifest | undefined {
  return platforms(places).find(({ record }) => record.slug === slug);
}

/** Whether the demo CRM answers for this platform. */
export function isAtSandbox(slug: string, { crms }: PlatformPlaces): boolean {
  if (slug === 'sandbox') return true;
  return crms === 'sandbox' && vendors.some(({ record, atSandbox }) => record.slug === slug && atSandbox !== undefined);
}
