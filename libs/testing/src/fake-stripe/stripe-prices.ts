import type { StripePrice } from './stripe-objects.js';

type Interval = StripePrice['recurring']['interval'];

const AMOUNTS: Readonly<Record<string, Readonly<Record<Interval, number>>>> = {
  start: { month: 3_900, year: 39_600 },
  grow: { month: 5_900, year: 58_800 },
  deliver: { month: 7_900, year: 79_200 },
};
const PERIODS = { month: 'monthly', year: 'annual' } as const;

const priceOf = (
  name: string,
  amount: number | null,
  metadata: Record<string, string>,
  recurring: StripePrice['recurring'],
): StripePrice => ({
  id: `price_${name}`,
  object: 'price',
  active: true,
  product: `prod_${name}`,
  currency: 'usd',
  unit_amount: amount,
  metadata,
  lookup_key: `mfh_${name}`,
  recurring,
});

/** What a plan costs for a month or a year. */
export const planPrice = (plan: string, interval: Interval): StripePrice =>
  priceOf(
    `${plan}_${PERIODS[interval]}`,
    AMOUNTS[plan]?.[interval] ?? null,
    { plan },
    { interval, interval_count: 1, usage_type: 'licensed' },
  );

/** By which executions beyond a plan are charged. */
export const overagePrice = (plan: string): StripePrice =>
  priceOf(`${plan}_overage`, null, {}, { interval: 'month', interval_count: 1, usage_type: 'metered' });

/** The prices as they are once the plans were brought to Stripe. */
export const cataloguePrices = (): StripePrice[] =>
  Object.keys(AMOUNTS).flatMap((plan) => [planPrice(plan, 'month'), planPrice(plan, 'year'), overagePrice(plan)]);
