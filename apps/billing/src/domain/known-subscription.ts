import type { PlanId, SubscriptionStatus } from '#contracts';

/** A subscription as the payment provider had it when it was asked last, in the words of the product. */
export interface KnownSubscription {
  readonly id: string;
  readonly customer_id: string;
  /** The plan that is paid for; whether the account may use it depends on the status. */
  readonly plan: PlanId;
  readonly status: SubscriptionStatus;
  readonly billing_period: 'monthly' | 'annual';
  /** Where its months are counted from. */
  readonly anchor: Date;
  readonly period_from: Date;
  readonly period_to: Date;
  readonly trial_ends_at: Date | null;
  /** When it is going to end, while that is in the future. */
  readonly cancel_at: Date | null;
  /** The line of the subscription on which executions are metered. */
  readonly metered_item_id: string | null;
  readonly created_at: Date;
}

/** Those that give, or may give again, a plan before those that are over; of equals the newest. */
const RANKS: Readonly<Record<SubscriptionStatus, number>> = {
  active: 3,
  trialing: 3,
  past_due: 2,
  unpaid: 1,
  incomplete: 1,
  cancelled: 0,
};

/** Which of an account's subscriptions counts; undefined where there is none. */
export function rulingSubscription(all: readonly KnownSubscription[]): KnownSubscription | undefined {
  return [...all].sort(
    (a, b) => RANKS[b.status] - RANKS[a.status] || b.created_at.getTime() - a.created_at.getTime(),
  )[0];
}

/**
 * Whether a subscription has a say that did not count before: one that is over never has, and one that gives nothing
 * takes no plan away that came from elsewhere.
 */
export const beginsToCount = ({ status }: KnownSubscription, plan: PlanId): boolean =>
  status !== 'cancelled' && (plan === 'free' || RANKS[status] > RANKS.unpaid);
