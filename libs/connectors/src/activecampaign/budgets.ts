import { SECOND_MS, type VendorBudget } from '../_kit/budget/vendor-budget.js';

/** ActiveCampaign counts per account, whichever key or integration calls. */
export const activecampaignBudgets: readonly VendorBudget[] = [
  {
    name: 'account',
    of: 'account',
    windows: [{ limit: 5, ms: SECOND_MS, headers: { remaining: 'ratelimit-remaining', limit: 'ratelimit-limit' } }],
  },
];
