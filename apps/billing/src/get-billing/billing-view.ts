import { z } from 'zod';
import { limitsOnTheWire, PLANS, PlanLimitsOnTheWire, SUBSCRIPTION_STATUSES } from '#contracts';
import type { AccountUsage } from '../get-usage/execution-usage.js';
import type { ResourceCounts } from './resource-counter.js';

/** Everything the web client asks about an account's plan; every number is always present. */
export const BillingView = z
  .object({
    plan: z.enum(PLANS),
    status: z.enum(SUBSCRIPTION_STATUSES),
    /** US dollars. */
    price_monthly: z.number(),
    price_annually: z.number(),
    billing_period: z.enum(['monthly', 'annual']),
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

export function billingView(usage: AccountUsage, counts: ResourceCounts): BillingView {
  const { plan, subscription, executions, apiRequests } = usage;
  return {
    plan: plan.id,
    status: subscription?.status ?? 'active',
    price_monthly: plan.priceMonthly,
    price_annually: plan.priceAnnually,
    billing_period: subscription?.billing_period ?? 'monthly',
    usage: { ...counts, monthly_executions: executions.used, monthly_api_requests: apiRequests },
    limits: limitsOnTheWire(plan.limits),
  };
}
