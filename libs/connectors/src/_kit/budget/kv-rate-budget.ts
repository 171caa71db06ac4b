import type { BudgetAnswer, RateBudget, RateScope, ReportedWindow } from './rate-budget.js';
import type { BucketStore } from './bucket-store.js';
import { windowsLeft, type WindowLeft } from './budget-left.js';
import { SharedScope } from './shared-scope.js';

export interface KvRateBudgetOptions {
  /** Epoch milliseconds. */
  now?: () => number;
  /** Told when the shared state could not be reached. */
  onFailure?: (error: unknown, scope: string) => void;
  /** Told of every answer, for figures. */
  onAnswer?: (scope: RateScope, granted: boolean) => void;
}

const RETRY_AFTER_FAILURE_MS = 1_000;
const MAX_SCOPES = 10_000;
const NOBODY = '';

/**
 * Rate budget that all processes share through a store with compare-and-set. No window is used beyond its limit,
 * however many processes call; where plenty is left, most calls are answered from memory.
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

  take(scope: RateScope, count: number, party: string = NOBODY): BudgetAnswer | Promise<BudgetAnswer> {
    if (scope.windows.length === 0) return { ok: true, at: this.#now() };
    const answer = this.#sharedScope(scope).take(party, count);
    if (!(answer instanceof Promise)) return this.#told(scope, answer);
    return answer.then(
      (taken) => this.#told(scope, taken),
      (error: unknown) => this.#failed(error, scope),
    );
  }

  giveBack(scope: RateScope, at: number, count: number): void {
    if (scope.windows.length > 0) this.#sharedScope(scope).giveBack(at, count);
  }

  delayed(scope: RateScope, at: number, reached: number): void {
    if (scope.windows.length > 0) this.#sharedScope(scope).delayed(at, reached);
  }

  report(scope: RateScope, windows: readonly ReportedWindow[]): void {
    if (windows.length > 0) this.#sharedScope(scope).report(windows);
  }

  pause(scope: RateScope, until: Date): void {
    if (scope.windows.length > 0) this.#sharedScope(scope).pause(until.getTime());
  }

  /** What is left in every window, without taking any. Rejects when the store cannot be reached. */
  async peek(scopes: readonly RateScope[]): Promise<WindowLeft[]> {
    const now = this.#now();
    const left = await Promise.all(
      scopes.map(async (scope) => windowsLeft(scope, (await this.store.read(scope.key))?.state, now)),
    );
    return left.flat();
  }

  /** What is left of every budget that this process has used, as it saw it last. */
  lastSeen(): WindowLeft[] {
    const now = this.#now();
    return [...this.#scopes.values()].flatMap(({ scope, lastKnown }) => windowsLeft(scope, lastKnown, now));
  }

  #told(scope: RateScope, answer: BudgetAnswer): BudgetAnswer {
    this.options.onAnswer?.(scope, answer.ok);
    return answer;
  }

  /** Without the shared state nobody may call: better late than over the vendor's limit. */
  #failed(error: unknown, scope: RateScope): BudgetAnswer {
    this.options.onFailure?.(error, scope.key);
    return { ok: false, retryAt: new Date(this.#now() + RETRY_AFTER_FAILURE_MS) };
  }

  #sharedScope(scope: RateScope): SharedScope {
    const known = this.#scopes.get(scope.key);
    if (known !== undefined && sameWindows(known.scope, scope)) return known;
    const made = new SharedScope(scope, this.store, this.#now, (error) => this.options.onFailure?.(error, scope.key));
    this.#scopes.delete(scope.key);
    this.#scopes.set(scope.key, made);
    const oldest = this.#scopes.keys().next();
    if (this.#scopes.size > MAX_SCOPES && oldest.done !== true) this.#scopes.delete(oldest.value);
    return made;
  }
}

const sameWindows = (a: RateScope, b: RateScope): boolean =>
  a.windows === b.windows || JSON.stringify(a.windows) === JSON.stringify(b.windows);
