import { z } from 'zod';
import { overageOf } from '../domain/overage.js';
import type { AccountUsage } from './execution-usage.js';

const UsageMetric = z.object({
  metric: z.enum(['executions', 'api_requests']),
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
});

export const UsageReport = z
  .object({
    period: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }),
    metrics: z.array(UsageMetric),
  })
  .meta({ id: 'UsageReport' });
export type UsageReport = z.infer<typeof UsageReport>;

export function usageReport({ plan, period, executions, apiRequests }: AccountUsage): UsageReport {
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
      },
      { metric: 'api_requests', used: apiRequests, reserved: 0, limit: null, overage: 0, amount_minor: 0 },
    ],
  };
}
