import { Stripe } from 'stripe';
import type { BillingPeriodName } from '../payment-config.js';
import type { PlanForSale } from '../payment-provider.js';

/** What a price asks for; everything in it decides whether two prices are the same. */
export type PriceTerms = Pick<
  Stripe.PriceCreateParams,
  'currency' | 'unit_amount' | 'recurring' | 'billing_scheme' | 'tiers_mode' | 'tiers'
>;

export const planPrice = ({ currency, priceMinor }: PlanForSale, period: BillingPeriodName): PriceTerms => ({
  currency,
  unit_amount: priceMinor[period],
  recurring: { interval: period === 'annual' ? 'year' : 'month', usage_type: 'licensed' },
});

/** All executions are metered; those that the plan includes cost nothing. */
export const overagePrice = (plan: PlanForSale, meterId: string): PriceTerms => ({
  currency: plan.currency,
  recurring: { interval: 'month', usage_type: 'metered', meter: meterId },
  billing_scheme: 'tiered',
  tiers_mode: 'graduated',
  tiers: [
    { up_to: plan.includedExecutions, unit_amount: 0 },
    { up_to: 'inf', unit_amount_decimal: Stripe.Decimal.from(plan.overageMinor) },
  ],
});

export function sameTerms(price: Stripe.Price, terms: PriceTerms): boolean {
  const { recurring } = price;
  return (
    price.currency === terms.currency &&
    (terms.unit_amount === undefined || price.unit_amount === terms.unit_amount) &&
    recurring?.interval === terms.recurring?.interval &&
    recurring?.usage_type === terms.recurring?.usage_type &&
    (recurring?.meter ?? undefined) === terms.recurring?.meter &&
    sameTiers(price.tiers, terms.tiers)
  );
}

function sameTiers(found: Stripe.Price.Tier[] | undefined, wanted: PriceTerms['tiers']): boolean {
  if (wanted === undefined) return found === undefined || found.length === 0;
  if (found?.length !== wanted.length) return false;
  return wanted.every(({ up_to, unit_amount, unit_amount_decimal }, index) => {
    const tier = found[index];
    const amount = unit_amount_decimal ?? Stripe.Decimal.from(unit_amount ?? 0);
    const upTo = tier?.up_to ?? 'inf';
    return upTo === up_to && Stripe.Decimal.from(String(tier?.unit_amount_decimal ?? 0)).eq(amount);
  });
}
