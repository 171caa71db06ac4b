import { ACTIVECAMPAIGN_CORRECTIONS } from './corrections/activecampaign.js';
import { GOHIGHLEVEL_CORRECTIONS } from './corrections/gohighlevel.js';
import { HUBSPOT_CORRECTIONS } from './corrections/hubspot.js';
import { KEAP_CORRECTIONS } from './corrections/keap.js';
import { ONTRAPORT_CORRECTIONS } from './corrections/ontraport.js';
import type { DocumentCorrection, Vendor } from './corrections/correction.js';

/** Everything that vendors' documents get wrong. Every one is an error of the document, not of ours. */
export const DOCUMENT_CORRECTIONS: Readonly<Record<Vendor, readonly DocumentCorrection[]>> = {
  keap: KEAP_CORRECTIONS,
  gohighlevel: GOHIGHLEVEL_CORRECTIONS,
  activecampaign: ACTIVECAMPAIGN_CORRECTIONS,
  ontraport: ONTRAPORT_CORRECTIONS,
  hubspot: HUBSPOT_CORRECTIONS,
};
