import { z } from 'zod';
import { limitsOnTheWire, PLANS, PlanLimitsOnTheWire } from '#contracts';
import { CURRENCY, GIGABYTE } from '../domain/plans.js';
import type { Plan } from '../domain/plans.js';

export const PlanView = z
  .object({
    plan: z.enum(PLANS),
    label: z.string(),
    /** US dollars. */
    price_monthly: z.number(),
    price_annually: z.number(),
    currency: z.string(),
    limits: PlanLimitsOnTheWire,
    features: z.object({
      webhooks: z.boolean(),
      overage: z.boolean(),
      /** Gigabytes of files that are kept; null is unlimited. */
      storage_gb: z.number().nullable(),
    }),
    /** US dollars for each execution beyond the included ones; null where executions stop instead. */
    overage_per_execution: z.number().nullable(),
  })
  .meta({ id: 'Plan' });
export type PlanView = z.infer<typeof PlanView>;

export const planView = (plan: Plan): PlanView => ({
  plan: plan.id,
  label: plan.label,
  price_monthly: plan.priceMonthly,
  price_annually: plan.priceAnnually,
  currency: CURRENCY,
  limits: limitsOnTheWire(plan.limits),
  features: {
    webhooks: plan.limits.webhooks_enabled,
    overage: plan.overagePerExecution !== null,
    storage_gb: plan.storageBytes === null ? null : plan.storageBytes / GIGABYTE,
  },
  overage_per_execution: plan.overagePerExecution === null ? null : Number(plan.overagePerExecution),
});
