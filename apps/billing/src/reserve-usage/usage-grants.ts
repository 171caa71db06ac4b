import { periodKey } from '../domain/billing-period.js';
import type { PeriodUsage } from '../persistence/usage-counters.repository.js';
import type { PlannedRequest, UsageGrant } from './usage-grant.js';

/** Judges requests under hard limits one after the other, and keeps count of what it granted. */
export class UsageGrants {
  readonly #granted = new Map<string, { accountId: string; period: string; count: number }>();

  /** @param usage the counters of the periods of all requests to come */
  constructor(private readonly usage: ReadonlyMap<string, PeriodUsage>) {}

  /** Grants what is left of the limit. */
  decide(request: PlannedRequest): UsageGrant {
    const { accountId, executionIds } = request;
    const key = keyOf(request);
    const limit = request.accountPlan.plan.limits.max_executions;
    const left = limit === null ? Infinity : Math.max(0, limit - this.#used(key));
    const granted = Math.min(executionIds.length, left);
    if (granted > 0) {
      const before = this.#granted.get(key)?.count ?? 0;
      this.#granted.set(key, { accountId, period: key, count: before + granted });
    }
    return this.answer(request, granted);
  }

  /** The answer to a request of which so many were granted, now or before. */
  answer(request: PlannedRequest, granted: number): UsageGrant {
    return { ...meteredGrant(request, granted), used: this.#used(keyOf(request)) };
  }

  /** What the counters have to grow by. */
  additions(): { accountId: string; period: string; count: number }[] {
    return [...this.#granted.values()];
  }

  #used(key: string): number {
    return (this.usage.get(key)?.used ?? 0) + (this.#granted.get(key)?.count ?? 0);
  }
}

export const keyOf = ({ accountId, accountPlan }: PlannedRequest): string => periodKey(accountId, accountPlan.period);

/** A grant that no counter decided. */
export function meteredGrant({ accountPlan: { plan, period } }: PlannedRequest, granted: number): UsageGrant {
  return { granted, plan: plan.id, limit: plan.limits.max_executions, used: null, resetAt: period.to };
}
