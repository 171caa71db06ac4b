import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { PlanId } from '#contracts';

export const PAID_PLANS = ['start', 'grow', 'deliver'] as const satisfies readonly PlanId[];
export type PaidPlan = (typeof PAID_PLANS)[number];
export const BILLING_PERIODS = ['monthly', 'annual'] as const;
export type BillingPeriodName = (typeof BILLING_PERIODS)[number];

/** What is sold: a plan for a month or for a year. */
export interface Offer {
  plan: PaidPlan;
  billingPeriod: BillingPeriodName;
}

/** Names an offer, for settings and as the lookup key of its price. */
export const offerKey = ({ plan, billingPeriod }: Offer): string => `mfh_${plan}_${billingPeriod}`;

export const ALL_OFFERS: readonly Offer[] = PAID_PLANS.flatMap((plan) =>
  BILLING_PERIODS.map((billingPeriod) => ({ plan, billingPeriod })),
);

/** Names the price of executions beyond a plan. */
export const overageKey = (plan: PaidPlan): string => `mfh_${plan}_overage`;

const PRICE_KEYS = new Set([...ALL_OFFERS.map(offerKey), ...PAID_PLANS.map(overageKey)]);
const PRICES_HINT = 'must look like "mfh_start_monthly=price_123,mfh_start_annual=price_456"';

const priceIds = z.string().transform((text, context): ReadonlyMap<string, string> => {
  const pairs = text.split(',').map((pair) => pair.trim().split('=') as [string, string | undefined]);
  const usable = pairs.every(([key, price]) => PRICE_KEYS.has(key) && price !== undefined && price !== '');
  if (usable) return new Map(pairs.map(([key, price]) => [key, price ?? '']));
  context.addIssue({ code: 'custom', message: PRICES_HINT });
  return z.NEVER;
});

/** Settings of the payment provider. Without a key everything works but what needs the provider. */
export const PaymentConfig = z.object({
  MFH_STRIPE_KEY: z.string().min(1).optional().describe('Secret key of Stripe; without it nothing can be sold'),
  MFH_STRIPE_URL: z
    .url({ protocol: /^https?$/ })
    .default('https://api.stripe.com')
    .describe('Where the API of Stripe is reached'),
  MFH_STRIPE_TIMEOUT_MS: z.coerce.number().int().min(100).default(15_000).describe('Longest wait for one answer'),
  MFH_STRIPE_PRICES: priceIds
    .optional()
    .describe(
      'Ids of prices that were made by hand; the others are found by the names that `mfh sync-plans` gives them',
    ),
});
export type PaymentConfig = z.infer<typeof PaymentConfig>;

/** The settings of the payment provider in the words of the code. */
@Injectable()
export class PaymentSettings {
  readonly key: string | undefined;
  readonly url: URL;
  readonly timeoutMs: number;
  /** Price ids by the keys of offers and overages. */
  readonly priceIds: ReadonlyMap<string, string>;

  constructor(config: PaymentConfig) {
    this.key = config.MFH_STRIPE_KEY;
    this.url = new URL(config.MFH_STRIPE_URL);
    this.timeoutMs = config.MFH_STRIPE_TIMEOUT_MS;
    this.priceIds = config.MFH_STRIPE_PRICES ?? new Map();
  }
}
