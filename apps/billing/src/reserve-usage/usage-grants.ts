import { periodKey } from '../domain/billing-period.js';
import { executionLimitOf } from '../domain/execution-limit.js';
import { thresholdsReached } from '../domain/usage-threshold.js';
import type { PeriodUsage } from '../persistence/usage-counters.repository.js';
import type { PlannedRequest, UsageGrant } from './usage-grant.js';

interface Granted {
  accountId: string;
  /** Key of the period. */
  period: string;
  count: number;
  /** Executions that the plan contains. */
  included: number | null;
}

/** Judges requests under hard limits one after the other, and keeps count of what it granted. */
export class UsageGrants {
  readonly #granted = new Map<string, Granted>();

  /** @param usage the counters of the periods of all requests to come */
  constructor(private readonly usage: ReadonlyMap<string, PeriodUsage>) {}

  /** Grants what is left of the limit. */
  decide(request: PlannedRequest): UsageGrant {
    const { accountId, executionIds } = request;
    const key = keyOf(request);
    const limit = limitOf(request);
    const left = limit === null ? Infinity : Math.max(0, limit - this.#used(key));
    const granted = Math.min(executionIds.length, left);
    if (granted > 0) {
      const before = this.#granted.get(key)?.count ?? 0;
      const included = request.accountPlan.plan.limits.max_executions;
      this.#granted.set(key, { accountId, period: key, count: before + granted, included });
    }
    return this.answer(request, granted);
  }

  /** The answer to a request of which so many were granted, now or before. */
  answer(request: PlannedRequest, granted: number): UsageGrant {
    return { ...meteredGrant(request, granted), limit: limitOf(request), used: this.#used(keyOf(request)) };
  }

  /** What the counters have to grow by. */
  additions(): Granted[] {
    return [...this.#granted.values()];
  }

  /** Periods in which these grants reach a part of the included executions that people are told about. */
  crossings(): Granted[] {
    return this.additions().filter(({ period, count, included }) => {
      const before = this.usage.get(period)?.used ?? 0;
      return thresholdsReached(before + count, included).length > thresholdsReached(before, included).length;
    });
  }

  #used(key: string): number {
    return (this.usage.get(key)?.used ?? 0) + (this.#granted.get(key)?.count ?? 0);
  }
}

export const keyOf = ({ accountId, accountPlan }: PlannedRequest): string => periodKey(accountId, accountPlan.period);

/** How many executions of the period are accepted; null where none is refused. */
export const limitOf = ({ accountPlan: { plan, subscription } }: PlannedRequest): number | null =>
  executionLimitOf(plan, subscription?.overage_cap_minor);

/** A grant that no counter decided. */
export function meteredGrant({ accountPlan: { plan, period } }: PlannedRequest, granted: number): UsageGrant {
  return { granted, plan: plan.id, limit: plan.limits.max_executions, used: null, resetAt: period.to };
}
