import type { HelperAction, HelperResult } from './helper-result.js';
import { stopsRun, toRunFailure, type RunFailure } from './run-failure.js';

/**
 * The rule for runs with several independent writes: one that fails is left out of the actions and reported as a
 * warning, and the run succeeds unless every write it tried failed. What concerns the whole connection (rate limit,
 * credentials) stops the run instead, so that it goes on later.
 */
export class PartialWrites {
  readonly actions: HelperAction[] = [];
  readonly #failures: RunFailure[] = [];
  #succeeded = 0;
  readonly #warn: (message: string) => void;

  /** @param context where warnings go */
  constructor(context: { warn(message: string): void }) {
    this.#warn = (message) => context.warn(message);
  }

  /**
   * @param what names the write in the warning, as in "Tag 12 could not be applied"
   * @param action listed when the write succeeded
   * @returns whether it did
   */
  async attempt(what: string, write: () => Promise<void>, action?: HelperAction): Promise<boolean> {
    try {
      await write();
    } catch (error) {
      if (stopsRun(error)) throw error;
      const failure = toRunFailure(error);
      this.#failures.push(failure);
      this.#warn(`${what}: ${failure.message}`);
      return false;
    }
    this.#succeeded += 1;
    if (action !== undefined) this.actions.push(action);
    return true;
  }

  /** The run's result. It fails when something was tried and nothing went through; then it is retried if one could. */
  result(modifiedData: Record<string, unknown> = {}): HelperResult {
    const { actions } = this;
    const failure = this.#failures.find((each) => each.class === 'retry') ?? this.#failures[0];
    if (failure === undefined || this.#succeeded > 0) return { success: true, modifiedData, actions };
    return { success: false, modifiedData, actions, failure };
  }
}
