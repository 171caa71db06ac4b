import { z } from 'zod';
import type { PlanLimits } from '#contracts';
import type { Plan } from '../domain/plans.js';
import type { ResourceCounts } from '../get-billing/resource-counter.js';

/** Something of which an account has more than a plan allows. */
export const Exceeding = z
  .object({
    resource: z.enum(['helpers', 'connections', 'api_keys', 'team_members']),
    used: z.number().int(),
    limit: z.number().int(),
  })
  .meta({ id: 'Exceeding' });
export type Exceeding = z.infer<typeof Exceeding>;

const LIMITS = {
  helpers: 'max_helpers',
  connections: 'max_connections',
  api_keys: 'max_api_keys',
  team_members: 'max_team_members',
} as const satisfies Record<Exceeding['resource'], keyof PlanLimits>;

/**
 * What stands in the way of a smaller plan. Where the new plan allows as much as the present one nothing does, however
 * much the account has. Executions never do: beyond a plan they are sold.
 */
export function exceeding(counts: ResourceCounts, present: Plan, wanted: Plan): Exceeding[] {
  return Exceeding.shape.resource.options.flatMap((resource) => {
    const limit = wanted.limits[LIMITS[resource]];
    const before = present.limits[LIMITS[resource]];
    if (limit === null || (before !== null && limit >= before)) return [];
    return counts[resource] > limit ? [{ resource, used: counts[resource], limit }] : [];
  });
}
