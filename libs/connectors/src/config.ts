import { z } from 'zod';
import type { PlatformPlaces } from './places.js';
import { isAtSandbox, platforms } from './platforms.js';

const OptionalText = z
  .string()
  .trim()
  .transform((text) => (text === '' ? undefined : text))
  .optional();

/** Settings of connectors, from the environment. */
export const ConnectorsConfig = z.object({
  MFH_MODE: z.enum(['production', 'development', 'test']).default('development').describe('What kind of start this is'),
  MFH_LIMITS: z
    .enum(['standard', 'lifted'])
    .default('standard')
    .describe('`lifted` lets the demo CRM be called as fast as it answers; limits of real platforms always hold'),
  MFH_CRMS: z
    .enum(['vendors', 'sandbox'])
    .default('vendors')
    .describe('Who answers for the CRMs; `sandbox` lets the demo CRM stand for all of them, never in production'),
  MFH_SANDBOX_URL: OptionalText.describe('Address of the demo CRM; production offers the platform only when it is set'),
});
export type ConnectorsConfig = z.infer<typeof ConnectorsConfig>;

const LOCAL_SANDBOX_URL = 'http://127.0.0.1:8090';

/** The demo CRM's address without a trailing slash; undefined where production does not name one. */
export function sandboxUrlOf(config: ConnectorsConfig): string | undefined {
  const url = config.MFH_SANDBOX_URL ?? (config.MFH_MODE === 'production' ? undefined : LOCAL_SANDBOX_URL);
  return url?.replace(/\/+$/, '');
}

/**
 * The places that the environment names.
 * @throws Error when production, or an installation without a demo CRM, is told to take the demo CRM for the vendors
 */
export function placesOf(config: ConnectorsConfig): PlatformPlaces {
  const sandboxUrl = sandboxUrlOf(config);
  const crms = config.MFH_CRMS;
  if (crms === 'sandbox' && (config.MFH_MODE === 'production' || sandboxUrl === undefined)) {
    throw new Error('MFH_CRMS=sandbox is for development and tests: take it out, so that the vendors are called');
  }
  return { sandboxUrl, crms };
}

/** Our registration at a vendor's authorization server. */
export interface OAuthClient {
  clientId: string;
  clientSecret: string;
}

/** What the demo CRM accepts without registration. */
const SANDBOX_CLIENT: OAuthClient = { clientId: 'sandbox-client', clientSecret: 'sandbox-client-secret' };

/**
 * Our OAuth client at a platform: `MFH_OAUTH_<SLUG>_CLIENT_ID` and `MFH_OAUTH_<SLUG>_CLIENT_SECRET`; the demo CRM
 * needs none.
 * @returns undefined when the operator has not registered one
 */
export function oauthClientOf(
  slug: string,
  env: NodeJS.ProcessEnv = process.env,
  places: PlatformPlaces = {},
): OAuthClient | undefined {
  const prefix = `MFH_OAUTH_${slug.toUpperCase()}_CLIENT`;
  const clientId = env[`${prefix}_ID`];
  const clientSecret = env[`${prefix}_SECRET`];
  if (clientId !== undefined && clientId !== '' && clientSecret !== undefined && clientSecret !== '') {
    return { clientId, clientSecret };
  }
  return isAtSandbox(slug, places) ? SANDBOX_CLIENT : undefined;
}

/** Slugs that can be connected by OAuth, for documentation of the variables above. */
export function oauthPlatforms(): string[] {
  return platforms({ sandboxUrl: LOCAL_SANDBOX_URL })
    .filter(({ record }) => record.oauth !== undefined)
    .map(({ record }) => record.slug);
}
