import {
  HelperFailure,
  type ChildExecutions,
  type ChildSequence,
  type CounterStore,
  type HelpersDirectory,
  type HelperSummary,
  type StateChange,
  type StateStore,
} from '#helpers';
import type { CaseState } from '../vector-case.js';

const unavailable = (): HelperFailure =>
  new HelperFailure('state_store_error', 'retry', 'The state of helpers cannot be reached.');

/** Counters of a case; their windows are open for the whole run. */
export class MemoryCounters implements CounterStore {
  readonly counters: Map<string, number>;
  readonly #answers = new Map<string, { allowed: boolean; count: number }>();
  readonly #down: boolean;

  constructor(state: CaseState) {
    this.counters = new Map(Object.entries(state.counters ?? {}));
    this.#down = state.down === true;
  }

  async countInWindow(key: string, max: number, _windowSeconds: number, step = 'count') {
    if (this.#down) throw unavailable();
    const token = `${step} ${key}`;
    const known = this.#answers.get(token);
    if (known !== undefined) return known;
    const count = this.counters.get(key) ?? 0;
    const answer = count < max ? { allowed: true, count: count + 1 } : { allowed: false, count };
    if (answer.allowed) this.counters.set(key, answer.count);
    this.#answers.set(token, answer);
    return answer;
  }
}

/** What the helpers of a case keep: its counters, and its timers as text. */
export class MemoryStateStore implements StateStore {
  readonly values: Map<string, string>;
  readonly #counters: Map<string, number>;
  readonly #drawn = new Map<string, number>();
  readonly #stored = new Map<string, string>();
  readonly #down: boolean;

  /** @param counters shared with the counters in windows */
  constructor(state: CaseState, counters: Map<string, number>) {
    this.values = new Map(Object.entries(state.timers ?? {}));
    this.#counters = counters;
    this.#down = state.down === true;
  }

  async advance(key: string, step = 'advance'): Promise<number> {
    if (this.#down) throw unavailable();
    const token = `${step} ${key}`;
    const value = this.#drawn.get(token) ?? (this.#counters.get(key) ?? 0) + 1;
    if (!this.#drawn.has(token)) this.#counters.set(key, value);
    this.#drawn.set(token, value);
    return value;
  }

  async read(key: string): Promise<string | null> {
    if (this.#down) throw unavailable();
    return this.values.get(key) ?? null;
  }

  async compareAndSet({ key, expected, next, step = 'change' }: StateChange) {
    if (this.#down) throw unavailable();
    // Nothing is awaited between look and change: runs beside each other must not see the same value.
    const value = this.values.get(key) ?? null;
    const token = `${step} ${key}`;
    if (value === expected) {
      this.values.set(key, next);
      this.#stored.set(token, next);
      return { stored: true, value: next };
    }
    return { stored: value === next && this.#stored.get(token) === next, value };
  }
}

/** The saved helpers of a case that belong to its account. */
export class MemoryDirectory implements HelpersDirectory {
  readonly #helpers: { summary: HelperSummary; shortKey: string | undefined }[];
  readonly #down: boolean;

  constructor(state: CaseState, accountId: string) {
    this.#down = state.down === true;
    this.#helpers = Object.values(state.helpers ?? {})
      .filter((helper) => (helper.account_id ?? accountId) === accountId)
      .map((helper) => ({
        shortKey: helper.short_key,
        summary: {
          helperId: helper.helper_id,
          helperType: helper.helper_type,
          name: helper.helper_id,
          enabled: helper.enabled ?? true,
          config: helper.config,
          ...(helper.connection_id === undefined ? {} : { connectionId: helper.connection_id }),
        },
      }));
  }

  async resolve(identifier: string): Promise<HelperSummary | null> {
    if (this.#down) throw unavailable();
    const found = this.#helpers.find(
      ({ summary, shortKey }) =>
        [identifier, `helper:${identifier}`].includes(summary.helperId) || shortKey === identifier,
    );
    return found?.summary ?? null;
  }
}

/** An execution that a run asked for. */
export interface Enqueued {
  helper_id: string;
  helper_type: string;
  connection_id?: string;
  contact_id: string;
  account_id: string;
  config: Record<string, unknown>;
  input: Record<string, unknown>;
  trigger_type: 'chain';
  parent_helper_id: string;
  /** From the moment of the run, as if no step took any time. */
  delay_seconds: number;
}

export interface Parent {
  accountId: string;
  contactId: string;
  /** The helper that runs; it can be queued again, listed or not. */
  helper: HelperSummary;
}

/** Takes note of child executions instead of running them. */
export class MemoryChildren implements ChildExecutions {
  readonly enqueued: Enqueued[] = [];
  readonly sequences: ChildSequence[] = [];
  readonly #directory: HelpersDirectory;
  readonly #parent: Parent;

  constructor(directory: HelpersDirectory, parent: Parent) {
    this.#directory = directory;
    this.#parent = parent;
  }

  async start(sequence: ChildSequence): Promise<string[]> {
    const ids = sequence.steps.map((_, index) => `exec:00000000-0000-7000-8000-${String(index).padStart(12, '0')}`);
    if (this.sequences.length > 0) return ids;
    this.sequences.push(sequence);
    let delay = 0;
    for (const { helperId, config, contactId = this.#parent.contactId, delaySeconds } of sequence.steps) {
      delay += delaySeconds;
      const own = this.#parent.helper;
      const helper = (await this.#directory.resolve(helperId)) ?? (helperId === own.helperId ? own : null);
      if (helper === null) throw new HelperFailure('helper_not_found', 'give_up', helperId);
      this.enqueued.push({
        helper_id: helper.helperId,
        helper_type: helper.helperType,
        ...(helper.connectionId === undefined ? {} : { connection_id: helper.connectionId }),
        contact_id: contactId,
        account_id: this.#parent.accountId,
        config: config ?? helper.config,
        input: sequence.input,
        trigger_type: 'chain',
        parent_helper_id: this.#parent.helper.helperId,
        delay_seconds: delay,
      });
    }
    return ids;
  }
}
