import { DAY_MS, SECOND_MS, type VendorBudget } from '../_kit/budget/vendor-budget.js';

const burst = { remaining: 'x-hubspot-ratelimit-remaining', limit: 'x-hubspot-ratelimit-max' };
const daily = { remaining: 'x-hubspot-ratelimit-daily-remaining', limit: 'x-hubspot-ratelimit-daily' };

/**
 * HubSpot counts bursts per app and account, a private app's day per account, and searches beside both. Private apps
 * begin with the smallest plan's figures; the answers of a larger plan raise them.
 */
export const hubspotBudgets: readonly VendorBudget[] = [
  {
    name: 'search',
    of: 'account',
    only: true,
    windows: [{ limit: 5, ms: SECOND_MS }],
  },
  {
    name: 'private_app',
    of: 'credential',
    signedBy: 'key',
    windows: [{ limit: 100, most: 250, ms: 10 * SECOND_MS, headers: burst }],
  },
  {
    name: 'app',
    of: 'account',
    signedBy: 'token',
    windows: [{ limit: 110, ms: 10 * SECOND_MS, headers: burst }],
  },
  {
    name: 'portal',
    of: 'account',
    signedBy: 'key',
    windows: [{ limit: 250_000, most: 3_000_000, ms: DAY_MS, resets: 'utc_midnight', headers: daily }],
  },
];
