import type { BucketStore, StoredBudget } from '../_kit/budget/bucket-store.js';
import type { BudgetState } from '../_kit/budget/budget-state.js';

/** A store for tests that counts what it is asked, with the same compare-and-set as the real one. */
export class MemoryBucketStore implements BucketStore {
  reads = 0;
  writes = 0;
  conflicts = 0;
  failing = false;
  readonly #entries = new Map<string, StoredBudget>();

  async read(key: string): Promise<StoredBudget | undefined> {
    this.reads += 1;
    await this.#answer();
    return this.#entries.get(key);
  }

  async write(key: string, state: BudgetState, revision: number): Promise<number | undefined> {
    this.writes += 1;
    await this.#answer();
    if ((this.#entries.get(key)?.revision ?? 0) !== revision) {
      this.conflicts += 1;
      return undefined;
    }
    this.#entries.set(key, { state, revision: revision + 1 });
    return revision + 1;
  }

  /** As over a network: the answer comes later, and may be none. */
  async #answer(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.failing) throw new Error('The store is away');
  }
}
