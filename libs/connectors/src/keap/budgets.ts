import { DAY_MS, MINUTE_MS, SECOND_MS, type VendorBudget } from '../_kit/budget/vendor-budget.js';

const tenantThrottle = {
  remaining: 'x-keap-tenant-throttle-available',
  limit: 'x-keap-tenant-throttle-limit',
};
const productThrottle = {
  remaining: 'x-keap-product-throttle-available',
  limit: 'x-keap-product-throttle-limit',
};
const productQuota = { remaining: 'x-keap-product-quota-available', limit: 'x-keap-product-quota-limit' };

/** Keap counts per OAuth client over all its customers, per customer over all integrations, and per personal token. */
export const keapBudgets: readonly VendorBudget[] = [
  {
    name: 'tenant',
    of: 'account',
    windows: [
      // The spike arrest in front of the API; it has no headers.
      { limit: 25, ms: SECOND_MS },
      { limit: 10_000, ms: MINUTE_MS, headers: tenantThrottle },
      { limit: 250_000, ms: DAY_MS, resets: 'utc_midnight' },
    ],
  },
  {
    name: 'oauth_client',
    of: 'oauth_client',
    signedBy: 'token',
    windows: [
      { limit: 1_500, ms: MINUTE_MS, headers: productThrottle },
      { limit: 150_000, ms: DAY_MS, resets: 'utc_midnight', headers: productQuota },
    ],
  },
  {
    name: 'personal_token',
    of: 'credential',
    signedBy: 'key',
    windows: [
      { limit: 10, ms: SECOND_MS },
      { limit: 240, ms: MINUTE_MS, headers: productThrottle },
      { limit: 30_000, ms: DAY_MS, resets: 'utc_midnight', headers: productQuota },
    ],
  },
];
