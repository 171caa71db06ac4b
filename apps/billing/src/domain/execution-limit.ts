import { Decimal } from 'decimal.js';
import { overagePolicy } from './plans.js';
import type { Plan } from './plans.js';

/**
 * How many executions of a period are accepted; null where none is refused. A paid plan goes on beyond what it
 * contains, until the overage would cost more than the account's own cap.
 * @param overageCapMinor cents; nothing where the account has set no cap
 */
export function executionLimitOf(plan: Plan, overageCapMinor: number | null | undefined): number | null {
  const included = plan.limits.max_executions;
  if (overagePolicy(plan) === 'block' || included === null || plan.overagePerExecution === null) return included;
  if (overageCapMinor === null || overageCapMinor === undefined) return null;
  const affordable = new Decimal(overageCapMinor).dividedBy(100).dividedToIntegerBy(plan.overagePerExecution);
  return affordable.plus(included).toNumber();
}
