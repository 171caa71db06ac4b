import { DAY_MS, SECOND_MS, type VendorBudget } from '../_kit/budget/vendor-budget.js';

/** GoHighLevel counts per app and location. */
export const gohighlevelBudgets: readonly VendorBudget[] = [
  {
    name: 'location',
    of: 'account',
    windows: [
      {
        limit: 100,
        ms: 10 * SECOND_MS,
        headers: { remaining: 'x-ratelimit-remaining', limit: 'x-ratelimit-max' },
      },
      {
        limit: 200_000,
        ms: DAY_MS,
        resets: 'utc_midnight',
        headers: { remaining: 'x-ratelimit-daily-remaining', limit: 'x-ratelimit-limit-daily' },
      },
    ],
  },
];
