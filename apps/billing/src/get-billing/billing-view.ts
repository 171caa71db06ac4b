import { z } from 'zod';
import { limitsOnTheWire, PLANS, PlanLimitsOnTheWire, SUBSCRIPTION_STATUSES } from '#contracts';
import type { Subscription } from '../persistence/subscriptions.repository.js';
import { unixSeconds } from '../domain/unix-seconds.js';
import type { AccountUsage } from '../get-usage/execution-usage.js';
import type { ResourceCounts } from './resource-counter.js';

/** Everything the web client asks about an account's plan; every number is always present. */
export const BillingView = z
  .object({
    plan: z.enum(PLANS),
    /** The free plan is active, also where a subscription ended. */
    status: z.enum(SUBSCRIPTION_STATUSES).exclude(['cancelled']),
    /** US dollars. */
    price_monthly: z.number(),
    price_annually: z.number(),
    billing_period: z.enum(['monthly', 'annual']),
    /** Unix seconds: when the next period is paid for; absent where the subscription ends before, and on the free plan. */
    renews_at: z.number().int().optional(),
    /** Unix seconds. */
    trial_ends_at: z.number().int().optional(),
    /** Unix seconds: when the subscription ends, if that is decided. */
    cancel_at: z.number().int().optional(),
    /** Until when an unpaid plan goes on. */
    grace_until: z.iso.datetime().optional(),
    /** Only for those who manage billing. */
    stripe_customer_id: z.string().optional(),
    usage: z.object({
      helpers: z.number().int(),
      connections: z.number().int(),
      api_keys: z.number().int(),
      team_members: z.number().int(),
      monthly_executions: z.number().int(),
      monthly_api_requests: z.number().int(),
    }),
    limits: PlanLimitsOnTheWire,
  })
  .meta({ id: 'Billing' });
export type BillingView = z.infer<typeof BillingView>;

export function billingView(usage: AccountUsage, counts: ResourceCounts, customerId?: string): BillingView {
  const { plan, subscription, executions, apiRequests } = usage;
  return {
    plan: plan.id,
    status: subscription === undefined || subscription.status === 'cancelled' ? 'active' : subscription.status,
    price_monthly: plan.priceMonthly,
    price_annually: plan.priceAnnually,
    billing_period: subscription?.billing_period ?? 'monthly',
    ...moments(subscription),
    ...(customerId !== undefined && { stripe_customer_id: customerId }),
    usage: { ...counts, monthly_executions: executions.used, monthly_api_requests: apiRequests },
    limits: limitsOnTheWire(plan.limits),
  };
}

/** The web client expects what comes from the provider as the provider counts it. */
type Moments = Pick<BillingView, 'renews_at' | 'trial_ends_at' | 'cancel_at' | 'grace_until'>;

/** What the provider said last about the times of a subscription that is not over. */
function moments(subscription: Subscription | undefined): Moments {
  const known = subscription?.known;
  if (!known || known.status === 'cancelled') return {};
  return {
    ...(!known.cancel_at && known.status !== 'unpaid' && { renews_at: unixSeconds(known.period_to) }),
    ...(known.status === 'trialing' && known.trial_ends_at && { trial_ends_at: unixSeconds(known.trial_ends_at) }),
    ...(known.cancel_at && { cancel_at: unixSeconds(known.cancel_at) }),
    ...(subscription.grace_until && { grace_until: subscription.grace_until.toISOString() }),
  };
}
