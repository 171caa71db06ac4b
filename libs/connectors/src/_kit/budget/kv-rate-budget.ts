import type { BudgetAnswer, RateBudget, RateScope } from './rate-budget.js';
import { isLimited } from './rate-budget.js';
import type { BucketStore } from './bucket-store.js';
import { budgetLeft, type BudgetLeft } from './budget-left.js';
import { LEASE_MS, SharedScope } from './shared-scope.js';

export interface KvRateBudgetOptions {
  /** Epoch milliseconds. */
  now?: () => number;
  /** Told when the shared state could not be reached. */
  onFailure?: (error: unknown, scope: string) => void;
}

const RETRY_AFTER_FAILURE_MS = 1_000;
const MAX_SCOPES = 10_000;

/**
 * Rate budget that all processes share through a store with compare-and-set. Most calls are answered from a small
 * lease in memory. Unlimited scopes touch nothing.
 */
export class KvRateBudget implements RateBudget {
  readonly #scopes = new Map<string, SharedScope>();
  readonly #now: () => number;

  constructor(
    private readonly store: BucketStore,
    private readonly options: KvRateBudgetOptions = {},
  ) {
    this.#now = options.now ?? Date.now;
  }

  take(scope: RateScope, count: number): BudgetAnswer | Promise<BudgetAnswer> {
    if (!isLimited(scope.limits)) return { ok: true };
    const answer = this.#sharedScope(scope).take(count);
    return answer instanceof Promise ? answer.catch((error: unknown) => this.#failed(error, scope)) : answer;
  }

  pause(scope: RateScope, until: Date): void {
    if (!isLimited(scope.limits)) return;
    const shared = this.#sharedScope(scope);
    shared.pause(until.getTime()).catch((error: unknown) => this.#failed(error, scope));
  }

  /** What is left, without taking any; undefined for scopes without limits. Rejects when the store cannot be reached. */
  async peek(scope: RateScope): Promise<BudgetLeft | undefined> {
    if (!isLimited(scope.limits)) return undefined;
    const stored = await this.store.read(scope.key);
    return budgetLeft(scope.limits, stored?.state, this.#now(), LEASE_MS);
  }

  /** Without the shared state nobody may call: better late than over the vendor's limit. */
  #failed(error: unknown, scope: RateScope): BudgetAnswer {
    this.options.onFailure?.(error, scope.key);
    return { ok: false, retryAt: new Date(this.#now() + RETRY_AFTER_FAILURE_MS) };
  }

  #sharedScope(scope: RateScope): SharedScope {
    const known = this.#scopes.get(scope.key);
    if (known !== undefined && sameLimits(known.scope, scope)) return known;
    const made = new SharedScope(scope, this.store, this.#now);
    this.#scopes.delete(scope.key);
    this.#scopes.set(scope.key, made);
    const oldest = this.#scopes.keys().next();
    if (this.#scopes.size > MAX_SCOPES && oldest.done !== true) this.#scopes.delete(oldest.value);
    return made;
  }
}

function sameLimits(a: RateScope, b: RateScope): boolean {
  return (
    a.limits === b.limits ||
    (a.limits.requests_per_second === b.limits.requests_per_second &&
      a.limits.requests_per_minute === b.limits.requests_per_minute &&
      a.limits.requests_per_hour === b.limits.requests_per_hour &&
      a.limits.burst_limit === b.limits.burst_limit)
  );
}
