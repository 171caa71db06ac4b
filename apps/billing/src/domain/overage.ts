import { Decimal } from 'decimal.js';
import type { Plan } from './plans.js';

/** Executions beyond the included ones, and what they cost. */
export interface Overage {
  executions: number;
  /** Cents, rounded half to even once, at the end. */
  amountMinor: number;
}

/** Decimals of a price for one execution. */
const PRICE_DECIMALS = 4;

const beyondOf = (plan: Plan, executions: number): number => {
  const included = plan.limits.max_executions;
  if (included === null || plan.overagePerExecution === null) return 0;
  return Math.max(0, executions - included);
};

const dollarsOf = (plan: Plan, executions: number): Decimal =>
  new Decimal(plan.overagePerExecution ?? 0).times(beyondOf(plan, executions));

/** @param executions booked in the period; reserved ones may still be given back and cost nothing yet */
export function overageOf(plan: Plan, executions: number): Overage {
  const cents = dollarsOf(plan, executions).times(100);
  return {
    executions: beyondOf(plan, executions),
    amountMinor: cents.toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN).toNumber(),
  };
}

/** What overage costs in US dollars, exactly: `12.0080`. */
export const overageText = (plan: Plan, executions: number): string =>
  dollarsOf(plan, executions).toFixed(PRICE_DECIMALS);
