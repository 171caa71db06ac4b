import type { PlanId, SubscriptionStatus } from '#contracts';
import type { KnownSubscription } from './known-subscription.js';

/** What an account may use, and until when that is certain. */
export interface Standing {
  readonly plan: PlanId;
  readonly status: SubscriptionStatus;
  readonly billing_period: 'monthly' | 'annual';
  /** Where the months of a paid plan are counted from; null on the free plan. */
  readonly period_anchor: Date | null;
  /** Until when an unpaid plan goes on; null where nothing is unpaid. */
  readonly grace_until: Date | null;
}

/** As it was before, with the subscription that counted then. */
export type FormerStanding = Pick<Standing, 'status' | 'grace_until'> & {
  readonly subscription_id: string | undefined;
};

/** Whether a subscription in this status gives its plan. */
export function isUsable(status: SubscriptionStatus, graceUntil: Date | null, at: Date): boolean {
  if (status === 'past_due') return graceUntil !== null && at < graceUntil;
  return status === 'active' || status === 'trialing';
}

/** @param graceMs how long a plan goes on whose payment failed */
export function standingOf(
  subscription: KnownSubscription,
  former: FormerStanding | undefined,
  at: Date,
  graceMs: number,
): Standing {
  const { status, billing_period } = subscription;
  const grace_until = graceUntil(subscription, former, at, graceMs);
  const usable = isUsable(status, grace_until, at) && subscription.plan !== 'free';
  return {
    plan: usable ? subscription.plan : 'free',
    status,
    billing_period,
    period_anchor: usable ? subscription.anchor : null,
    grace_until,
  };
}

/** One grace for each time that payments stop: going back and forth between unpaid states does not begin another. */
function graceUntil(
  { id, status }: KnownSubscription,
  former: FormerStanding | undefined,
  at: Date,
  graceMs: number,
): Date | null {
  if (status !== 'past_due' && status !== 'unpaid') return null;
  const same = former !== undefined && former.subscription_id === id;
  if (same && (former.status === 'past_due' || former.status === 'unpaid')) return former.grace_until ?? at;
  return status === 'past_due' ? new Date(at.getTime() + graceMs) : at;
}
