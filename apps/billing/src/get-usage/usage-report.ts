import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { executionLimitOf } from '../domain/execution-limit.js';
import { overageOf, overageText } from '../domain/overage.js';
import type { AccountUsage } from './execution-usage.js';

const UsageMetric = z.object({
  metric: z.enum(['executions', 'api_requests', 'storage_bytes']),
  /** What counts against the limit: booked and reserved. */
  used: z.number().int(),
  /** Accepted and not ended yet. */
  reserved: z.number().int(),
  /** Included in the plan; null is unlimited. */
  limit: z.number().int().nullable(),
  /** Booked beyond the limit. */
  overage: z.number().int(),
  /** What the overage costs, in cents. */
  amount_minor: z.number().int(),
  /** The same in US dollars, not rounded. */
  amount_decimal: z.string(),
});
type UsageMetric = z.infer<typeof UsageMetric>;

export const UsageReport = z
  .object({
    period: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }),
    metrics: z.array(UsageMetric),
    /** US dollars that overage may cost in a period; null where nothing is capped. */
    overage_cap_usd: z.number().nullable(),
    /** Executions of the period that are accepted; null where none is refused. */
    execution_limit: z.number().int().nullable(),
  })
  .meta({ id: 'UsageReport' });
export type UsageReport = z.infer<typeof UsageReport>;

export function usageReport(usage: AccountUsage, storageBytes?: number): UsageReport {
  const { plan, subscription, period, executions, apiRequests } = usage;
  const cap = subscription?.overage_cap_minor;
  const overage = overageOf(plan, executions.booked);
  return {
    period: { from: period.from.toISOString(), to: period.to.toISOString() },
    metrics: [
      {
        metric: 'executions',
        used: executions.used,
        reserved: executions.reserved,
        limit: plan.limits.max_executions,
        overage: overage.executions,
        amount_minor: overage.amountMinor,
        amount_decimal: overageText(plan, executions.booked),
      },
      withoutOverage('api_requests', apiRequests, null),
      ...(storageBytes === undefined ? [] : [withoutOverage('storage_bytes', storageBytes, plan.storageBytes)]),
    ],
    overage_cap_usd: typeof cap === 'number' ? new Decimal(cap).dividedBy(100).toNumber() : null,
    execution_limit: executionLimitOf(plan, cap),
  };
}

const withoutOverage = (metric: UsageMetric['metric'], used: number, limit: number | null): UsageMetric => ({
  metric,
  used,
  reserved: 0,
  limit,
  overage: 0,
  amount_minor: 0,
  amount_decimal: '0.0000',
});
