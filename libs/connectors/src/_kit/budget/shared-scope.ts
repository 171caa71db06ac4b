import type { BudgetAnswer, RateScope, ReportedWindow } from './rate-budget.js';
import type { BucketStore, StoredBudget } from './bucket-store.js';
import {
  advanced,
  callAt,
  counted,
  emptyState,
  free,
  moved,
  reported,
  widestLimit,
  type BudgetState,
} from './budget-state.js';
import { afterShares, sharesOf, type Ask, type Settled } from './fair-share.js';

/** How long calls taken in advance may lie unused in this process. */
const LEASE_MS = 50;
/** Calls are only taken in advance where this many times as many are left. */
const PLENTY = 10;
const MOST_CONFLICTS = 16;

interface Waiter {
  party: string;
  count: number;
  resolve(answer: BudgetAnswer): void;
  reject(error: unknown): void;
}

/** Something that is written with the next exchange with the store. */
type Change = (state: BudgetState) => BudgetState | undefined;

/**
 * One scope's budget as this process sees it. Who asks is served in one exchange with all others who ask at that
 * moment; where plenty is left, a few calls are taken in advance, so that most are answered from memory. Who gets none
 * is told a moment of its own, so that those who were refused do not all come back at once.
 */
export class SharedScope {
  readonly #waiters: Waiter[] = [];
  readonly #changes: Change[] = [];
  #lease = { left: 0, at: 0 };
  #known: StoredBudget | undefined;
  #pumping = false;
  #asked = { since: 0, count: 0 };

  constructor(
    readonly scope: RateScope,
    private readonly store: BucketStore,
    private readonly now: () => number,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  take(party: string, count: number): BudgetAnswer | Promise<BudgetAnswer> {
    this.#countDemand(count);
    const { at } = this.#lease;
    if (this.#waiters.length === 0 && this.#fromLease(count)) return { ok: true, at };
    return new Promise((resolve, reject) => {
      this.#waiters.push({ party, count, resolve, reject });
      void this.#pump();
    });
  }

  /** The state as this process saw it last; undefined when it never did. */
  get lastKnown(): BudgetState | undefined {
    return this.#known?.state;
  }

  giveBack(at: number, count: number): void {
    if (at === this.#lease.at && this.now() - at <= LEASE_MS) this.#lease.left += count;
    else this.#apply((state) => counted(this.scope.windows, state, at, -count));
  }

  delayed(at: number, reached: number): void {
    this.#apply((state) => moved(this.scope.windows, state, at, reached));
  }

  report(windows: readonly ReportedWindow[]): void {
    const known = this.#known && advanced(this.scope.windows, this.#known.state, this.now());
    if (known !== undefined && reported(this.scope.windows, known, windows) === undefined) return;
    this.#apply((state) => reported(this.scope.windows, state, windows));
  }

  pause(until: number): void {
    this.#lease.left = 0;
    this.#apply((state) => (state.pausedUntil >= until ? undefined : { ...state, pausedUntil: until }));
  }

  #fromLease(count: number): boolean {
    const { left, at } = this.#lease;
    if (left < count || this.now() - at > LEASE_MS) return false;
    this.#lease.left -= count;
    return true;
  }

  /** What was taken in advance and not used goes back before more is taken. */
  #unused(): Change[] {
    const { left, at } = this.#lease;
    this.#lease.left = 0;
    return left === 0 ? [] : [(state) => counted(this.scope.windows, state, at, -left)];
  }

  #apply(change: Change): void {
    this.#changes.push(change);
    void this.#pump();
  }

  /** Serves whoever waits and writes what is to be written until nothing is left. It never throws. */
  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    while (this.#waiters.length > 0 || this.#changes.length > 0) {
      const waiters = this.#waiters.splice(0);
      const changes = [...this.#unused(), ...this.#changes.splice(0)];
      try {
        await this.#exchange(waiters, changes);
      } catch (error) {
        this.#known = undefined;
        if (waiters.length === 0) this.onFailure(error);
        for (const waiter of waiters) waiter.reject(error);
      }
    }
    this.#pumping = false;
  }

  /** One compare-and-set for all. What is known from the last time is tried first: usually one message is enough. */
  async #exchange(waiters: readonly Waiter[], changes: readonly Change[]): Promise<void> {
    for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts += 1) {
      this.#known ??= await this.store.read(this.scope.key);
      const now = this.now();
      const before = this.#known ?? { state: emptyState(this.scope.windows, now), revision: 0 };
      const start = advanced(this.scope.windows, before.state, now);
      const changed = changes.reduce((state, change) => change(state) ?? state, start);
      const served = this.#serve(changed, waiters);
      if (served.state === start) return served.answer();
      const revision = await this.store.write(this.scope.key, served.state, before.revision);
      this.#known = revision === undefined ? undefined : { state: served.state, revision };
      if (revision !== undefined) return served.answer();
    }
    // Others were always first: they are served, and we come back.
    const retryAt = new Date(this.now() + LEASE_MS);
    for (const waiter of waiters) waiter.resolve({ ok: false, retryAt });
    this.#changes.push(...changes);
  }

  /** The state with these calls in it, and how to tell those who wait once it is written. */
  #serve(before: BudgetState, waiters: readonly Waiter[]): { state: BudgetState; answer: () => void } {
    if (waiters.length === 0) return { state: before, answer: () => undefined };
    const { windows } = this.scope;
    const left = free(windows, before);
    const asks = asksOf(waiters);
    const room = { free: left, limit: widestLimit(windows, before), now: before.at };
    const shares = sharesOf(before, asks, room).map((share): Settled => {
      const [first, last] = [share.places[0], share.places.at(-1)];
      if (first === undefined || last === undefined) return share;
      return { ...share, dueAt: callAt(windows, before, first), lastAt: callAt(windows, before, last) };
    });
    const granted = shares.reduce((sum, share) => sum + share.granted, 0);
    const wanted = asks.reduce((sum, ask) => sum + ask.count, 0);
    const ahead = this.#ahead(before, left - granted, wanted);
    const { at } = before;
    const taken = granted + ahead === 0 ? before : counted(windows, before, at, granted + ahead);
    const state = { ...taken, ...afterShares(before, shares, room) };
    const answer = (): void => {
      if (ahead > 0) this.#lease = { left: ahead, at };
      const open = new Map(shares.map((share) => [share.party, { ...share, next: 0 }]));
      for (const waiter of waiters) {
        const share = open.get(waiter.party);
        const place = share?.places[Math.min(share.next + waiter.count, share.places.length) - 1];
        if (share === undefined || share.granted >= waiter.count) {
          if (share !== undefined) share.granted -= waiter.count;
          waiter.resolve({ ok: true, at });
        } else {
          share.next += waiter.count;
          waiter.resolve({ ok: false, retryAt: new Date(Math.ceil(callAt(windows, before, place ?? left)) + 1) });
        }
      }
    };
    return { state, answer };
  }

  /** Calls to take in advance: as many as were asked for lately, where nobody is short of them. */
  #ahead(state: BudgetState, left: number, wanted: number): number {
    if (Object.values(state.parties).some(({ waiting }) => waiting > 0)) return 0;
    const likely = Math.max(0, this.#asked.count - wanted);
    return left >= PLENTY * (likely + wanted) ? likely : 0;
  }

  #countDemand(count: number): void {
    const now = this.now();
    if (now - this.#asked.since > LEASE_MS) this.#asked = { since: now, count: 0 };
    this.#asked.count += count;
  }
}

function asksOf(waiters: readonly Waiter[]): Ask[] {
  const counts = new Map<string, number>();
  for (const { party, count } of waiters) counts.set(party, (counts.get(party) ?? 0) + count);
  return [...counts].map(([party, count]) => ({ party, count }));
}
