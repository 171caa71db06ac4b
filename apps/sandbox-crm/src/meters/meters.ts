import { activecampaignMeter } from './activecampaign-meter.js';
import { gohighlevelMeter } from './gohighlevel-meter.js';
import { hubspotMeter } from './hubspot-meter.js';
import { keapMeter } from './keap-meter.js';
import { ontraportMeter } from './ontraport-meter.js';
import type { VendorMeter } from './window-counter.js';

/** By name of the dialect. */
export type Meters = ReadonlyMap<string, VendorMeter>;

/** Whether calls are counted and refused as the vendors do, or not at all. */
export type SandboxLimits = 'lifted' | 'as-vendors';

export function metersFor(limits: SandboxLimits): Meters {
  if (limits === 'lifted') return new Map();
  return new Map([
    ['keap', keapMeter()],
    ['gohighlevel', gohighlevelMeter()],
    ['activecampaign', activecampaignMeter()],
    ['ontraport', ontraportMeter()],
    ['hubspot', hubspotMeter()],
  ]);
}
