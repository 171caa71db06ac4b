import { MINUTE_MS, type VendorBudget } from '../_kit/budget/vendor-budget.js';

/** Ontraport counts per account over a rolling minute. */
export const ontraportBudgets: readonly VendorBudget[] = [
  {
    name: 'account',
    of: 'account',
    windows: [
      {
        limit: 180,
        ms: MINUTE_MS,
        headers: {
          remaining: 'x-rate-limit-remaining',
          limit: 'x-rate-limit-limit',
          resetSeconds: 'x-rate-limit-reset',
        },
      },
    ],
  },
];
