import type { AccountPlan } from '../account-plans.js';
import { periodKey } from '../domain/billing-period.js';
import { overagePolicy } from '../domain/plans.js';
import type { PeriodUsage } from '../persistence/usage-counters.repository.js';
import type { UsageGrant, UsageRequest } from './usage-grant.js';

/** Judges requests one after the other by the counters of their periods, and keeps count of what it granted. */
export class UsageGrants {
  readonly #granted = new Map<string, { accountId: string; period: string; count: number }>();

  constructor(
    private readonly plans: ReadonlyMap<string, AccountPlan>,
    private readonly usage: ReadonlyMap<string, PeriodUsage>,
  ) {}

  /** Blocking plans grant what is left of the limit, metered ones everything. */
  decide({ accountId, executionIds }: UsageRequest): UsageGrant {
    const { plan, key } = this.#planOf(accountId);
    const limit = plan.limits.max_executions;
    const left = limit === null || overagePolicy(plan) === 'meter' ? Infinity : Math.max(0, limit - this.#used(key));
    const granted = Math.min(executionIds.length, left);
    if (granted > 0) {
      const before = this.#granted.get(key)?.count ?? 0;
      this.#granted.set(key, { accountId, period: key, count: before + granted });
    }
    return this.#answer(accountId, granted);
  }

  /** The answer to a request that was granted before. */
  repeat({ accountId }: UsageRequest, granted: number): UsageGrant {
    return this.#answer(accountId, granted);
  }

  /** What the counters have to grow by. */
  additions(): { accountId: string; period: string; count: number }[] {
    return [...this.#granted.values()];
  }

  #answer(accountId: string, granted: number): UsageGrant {
    const { plan, period, key } = this.#planOf(accountId);
    return { granted, plan: plan.id, limit: plan.limits.max_executions, used: this.#used(key), resetAt: period.to };
  }

  #used(key: string): number {
    return (this.usage.get(key)?.used ?? 0) + (this.#granted.get(key)?.count ?? 0);
  }

  #planOf(accountId: string): AccountPlan & { key: string } {
    const found = this.plans.get(accountId);
    if (!found) throw new Error('A plan was not looked up before judging');
    return { ...found, key: periodKey(accountId, found.period) };
  }
}
