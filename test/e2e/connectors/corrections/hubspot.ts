import { type DocumentCorrection } from './correction.js';

/** What HubSpot’s documents get wrong. */
export const HUBSPOT_CORRECTIONS: readonly DocumentCorrection[] = [];
