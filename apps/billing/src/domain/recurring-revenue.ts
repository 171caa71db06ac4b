import { Decimal } from 'decimal.js';
import type { SubscriptionStatus } from '#contracts';
import type { Plan } from './plans.js';

/** What a subscription is to the figures. */
export interface RevenueSubscription {
  plan: Plan;
  status: SubscriptionStatus;
  billingPeriod: 'monthly' | 'annual';
}

const MONTHS_A_YEAR = 12;

/** Those that are charged: a trial is not yet, and what is past due still is. */
const isCharged = (status: SubscriptionStatus): boolean => status === 'active' || status === 'past_due';

/** Whether an account with this plan and status pays. */
export const isPaying = (plan: { id: string }, status: SubscriptionStatus): boolean =>
  plan.id !== 'free' && isCharged(status);

/** Cents a month; a yearly price counts with a twelfth, rounded half to even once, at the end. */
export function monthlyRevenueMinor(subscriptions: readonly RevenueSubscription[]): number {
  const dollars = subscriptions
    .filter(({ plan, status }) => isPaying(plan, status))
    .map(({ plan, billingPeriod }) =>
      billingPeriod === 'annual' ? new Decimal(plan.priceAnnually).dividedBy(MONTHS_A_YEAR) : plan.priceMonthly,
    );
  return Decimal.sum(0, ...dollars)
    .times(100)
    .toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN)
    .toNumber();
}

/** Which part of those who paid at the beginning do not pay at the end; four decimals. */
export function churnRate(atBeginning: ReadonlySet<string>, atEnd: ReadonlySet<string>): number {
  if (atBeginning.size === 0) return 0;
  const lost = [...atBeginning].filter((subject) => !atEnd.has(subject)).length;
  return new Decimal(lost).dividedBy(atBeginning.size).toDecimalPlaces(4).toNumber();
}
