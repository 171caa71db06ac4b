import { Decimal } from 'decimal.js';
import type { Plan } from './plans.js';

/** Executions beyond the included ones, and what they cost. */
export interface Overage {
  executions: number;
  /** Cents, rounded half to even once, at the end. */
  amountMinor: number;
}

/** @param executions booked in the period; reserved ones may still be given back and cost nothing yet */
export function overageOf(plan: Plan, executions: number): Overage {
  const included = plan.limits.max_executions;
  if (included === null || plan.overagePerExecution === null) return { executions: 0, amountMinor: 0 };
  const beyond = Math.max(0, executions - included);
  const cents = new Decimal(plan.overagePerExecution).times(100).times(beyond);
  return { executions: beyond, amountMinor: cents.toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN).toNumber() };
}
