import { Decimal } from 'decimal.js';
import { CURRENCY } from '../domain/plans.js';
import type { Plan } from '../domain/plans.js';
import type { PaidPlan } from '../payments/payment-config.js';
import type { PlanForSale } from '../payments/payment-provider.js';

const MINOR_UNITS = 100;
const minor = (dollars: number | string): Decimal => new Decimal(dollars).times(MINOR_UNITS);

/** @param id the plan's id, which is one of those that are sold */
export function planForSale(plan: Plan, id: PaidPlan): PlanForSale {
  const { max_executions: included } = plan.limits;
  if (included === null || plan.overagePerExecution === null) {
    throw new Error(`The plan ${id} has no price for executions beyond it`);
  }
  return {
    plan: id,
    label: plan.label,
    currency: CURRENCY,
    priceMinor: { monthly: minor(plan.priceMonthly).toNumber(), annual: minor(plan.priceAnnually).toNumber() },
    includedExecutions: included,
    overageMinor: minor(plan.overagePerExecution).toFixed(),
  };
}
