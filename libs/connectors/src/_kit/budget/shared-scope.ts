import type { BudgetAnswer, RateScope } from './rate-budget.js';
import type { BucketStore, StoredBuckets } from './bucket-store.js';
import { available, bucketsOf, fullState, readyAt, refilled, taken, type Bucket } from './token-buckets.js';

/** How long calls taken for this process may lie unused: short, so that a lease is no way around the limit. */
export const LEASE_MS = 100;

const MAX_CONFLICTS = 8;

interface Waiter {
  count: number;
  resolve(answer: BudgetAnswer): void;
  reject(error: unknown): void;
}

interface Lease {
  left: number;
  expiresAt: number;
}

/**
 * One scope's budget as this process sees it. Calls are leased from the shared state in small portions, as many as
 * were asked for lately, and given out in the order of asking. Who gets none is told a moment of its own, so that
 * those who were refused do not all come back at once.
 */
export class SharedScope {
  readonly #buckets: readonly Bucket[];
  readonly #waiters: Waiter[] = [];
  #lease: Lease = { left: 0, expiresAt: 0 };
  #known: StoredBuckets | undefined;
  #pumping = false;
  #lastPromised = 0;
  #askedSince = 0;
  #asked = 0;

  constructor(
    readonly scope: RateScope,
    private readonly store: BucketStore,
    private readonly now: () => number,
  ) {
    this.#buckets = bucketsOf(scope.limits, LEASE_MS);
  }

  take(count: number): BudgetAnswer | Promise<BudgetAnswer> {
    this.#countDemand(count);
    if (this.#waiters.length === 0 && this.#spend(count)) return { ok: true };
    return new Promise((resolve, reject) => {
      this.#waiters.push({ count, resolve, reject });
      if (!this.#pumping) void this.#pump();
    });
  }

  /** Writes the vendor's pause where every process sees it. */
  async pause(until: number): Promise<void> {
    this.#lease = { left: 0, expiresAt: 0 };
    await this.#change((state) => (state.pausedUntil >= until ? undefined : { ...state, pausedUntil: until }));
  }

  #spend(count: number): boolean {
    if (this.#lease.left < count || this.#lease.expiresAt <= this.now()) return false;
    this.#lease.left -= count;
    return true;
  }

  /** Serves the queue until it is empty. It never throws: whoever waits gets the error. */
  async #pump(): Promise<void> {
    this.#pumping = true;
    try {
      for (let next = this.#waiters[0]; next !== undefined; next = this.#waiters[0]) {
        if (this.#spend(next.count)) {
          this.#waiters.shift()?.resolve({ ok: true });
          continue;
        }
        const retryAt = await this.#refillLease(next.count);
        if (retryAt !== undefined) this.#refuseAll(retryAt);
      }
    } catch (error) {
      for (const waiter of this.#waiters.splice(0)) waiter.reject(error);
    } finally {
      this.#pumping = false;
    }
  }

  /** @returns undefined when there is a new lease, else the earliest moment for one */
  async #refillLease(atLeast: number): Promise<number | undefined> {
    let granted = 0;
    const stored = await this.#change((state, now) => {
      granted = available(state, Math.max(atLeast, this.#wanted()), now);
      if (granted < atLeast) granted = 0;
      return granted === 0 ? undefined : taken(state, granted);
    });
    const now = this.now();
    if (granted === 0 || stored === undefined) {
      return stored === undefined ? now + LEASE_MS : readyAt(this.#buckets, stored.state, atLeast, now);
    }
    this.#lease = { left: granted, expiresAt: now + LEASE_MS };
    return undefined;
  }

  /**
   * Applies a change by compare-and-set. What is known from the last time is tried first: in the usual case one
   * message is enough.
   * @returns the state now stored (unchanged when `change` wants none), or undefined when others always were first
   */
  async #change(
    change: (state: StoredBuckets['state'], now: number) => StoredBuckets['state'] | undefined,
  ): Promise<StoredBuckets | undefined> {
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
      this.#known ??= await this.store.read(this.scope.key);
      const now = this.now();
      const before = this.#known ?? { state: fullState(this.#buckets, now), revision: 0 };
      const state = refilled(this.#buckets, before.state, now);
      const next = change(state, now);
      if (next === undefined) return { state, revision: before.revision };
      const revision = await this.store.write(this.scope.key, next, before.revision);
      this.#known = revision === undefined ? undefined : { state: next, revision };
      if (this.#known !== undefined) return this.#known;
    }
    return undefined;
  }

  #refuseAll(from: number): void {
    const slowest = Math.min(...this.#buckets.map(({ perMs }) => perMs));
    for (const waiter of this.#waiters.splice(0)) {
      const retryAt = Math.max(from, this.#lastPromised + waiter.count / slowest);
      this.#lastPromised = retryAt;
      waiter.resolve({ ok: false, retryAt: new Date(Math.ceil(retryAt)) });
    }
  }

  /** As many as wait now, or as were asked for in the last lease time. */
  #wanted(): number {
    const queued = this.#waiters.reduce((sum, { count }) => sum + count, 0);
    return Math.max(queued, this.#asked);
  }

  #countDemand(count: number): void {
    const now = this.now();
    if (now - this.#askedSince > LEASE_MS) {
      this.#asked = 0;
      this.#askedSince = now;
    }
    this.#asked += count;
  }
}
