import type { GatewayConfig } from '../config.js';

/** Services that the gateway forwards HTTP to. */
export const UPSTREAMS = [
  'identity',
  'accounts',
  'platforms-connections',
  'helpers',
  'billing',
  'notifications',
] as const;
export type Upstream = (typeof UPSTREAMS)[number];

/** Which service answers which path; a path beside these does not exist. */
export const ROUTED_PREFIXES: Readonly<Record<string, Upstream>> = {
  '/auth': 'identity',
  '/api-keys': 'identity',
  '/.well-known': 'identity',
  '/audit': 'identity',
  '/oauth': 'identity',
  '/accounts': 'accounts',
  '/invitations': 'accounts',
  '/platforms': 'platforms-connections',
  '/platform-connections': 'platforms-connections',
  '/helpers': 'helpers',
  '/helper': 'helpers',
  '/timer': 'helpers',
  '/t': 'helpers',
  '/executions': 'helpers',
  '/dead-letters': 'helpers',
  '/billing': 'billing',
  '/emails': 'notifications',
  '/_inbox': 'notifications',
};

/** Where each service is reached. */
export const upstreamUrls = (config: GatewayConfig): Record<Upstream, string> => ({
  identity: config.MFH_IDENTITY_URL,
  accounts: config.MFH_ACCOUNTS_URL,
  'platforms-connections': config.MFH_PLATFORMS_CONNECTIONS_URL,
  helpers: config.MFH_HELPERS_URL,
  billing: config.MFH_BILLING_URL,
  notifications: config.MFH_NOTIFICATIONS_URL,
});
