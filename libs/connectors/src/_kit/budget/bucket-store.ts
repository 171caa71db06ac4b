import type { BudgetState } from './budget-state.js';

/** A state together with what the store needs to replace exactly this one. */
export interface StoredBudget {
  state: BudgetState;
  revision: number;
}

/** Where processes share the states of budgets. Writing is compare-and-set: of two writers on one revision, one wins. */
export interface BucketStore {
  read(key: string): Promise<StoredBudget | undefined>;
  /**
   * @param revision 0 for a key that is not there yet
   * @returns the new revision, or undefined when somebody else was first
   */
  write(key: string, state: BudgetState, revision: number): Promise<number | undefined>;
}
