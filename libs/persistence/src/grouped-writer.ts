import { AsyncLocalStorage } from 'node:async_hooks';

export interface GroupedWriterOptions<Item, Result> {
  /**
   * Writes a group, in the order in which the items came. Answers one entry an item, in the same order: the result, or
   * an `Error` that rejects that item alone. A rejection of the whole call rejects every item of the group.
   * `settle` gives outcomes early, when what is left to do concerns nobody who waits: the group's place stays taken
   * until the call resolves, and what it answers then is not looked at any more.
   */
  flush: (
    items: readonly Item[],
    settle: (outcomes: readonly (Result | Error)[]) => void,
  ) => Promise<readonly (Result | Error)[]>;
  /** Most items of one group. */
  maxGroup?: number;
  /** Groups being written at the same time. */
  parallel?: number;
  /** Told the size of each group, for the metric. */
  onGroup?: (size: number) => void;
}

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (reason: unknown) => void;
}

/**
 * Writes what arrives in one turn of the event loop, and while earlier writes are under way, as one group. Without
 * load an item is written at once, alone; under load groups grow by themselves. There are no timers, so no item waits
 * for company.
 */
export class GroupedWriter<Item, Result> {
  readonly #options: Required<GroupedWriterOptions<Item, Result>>;
  /** The context of the first caller must not leak into a group of many: neither its trace nor its transaction. */
  readonly #outside = AsyncLocalStorage.snapshot();
  #waiting: Waiting<Item, Result>[] = [];
  #running = 0;
  #turn: NodeJS.Immediate | undefined;
  #closed = false;
  #drained: (() => void)[] = [];

  constructor(options: GroupedWriterOptions<Item, Result>) {
    this.#options = { maxGroup: 200, parallel: 2, onGroup: () => undefined, ...options };
  }

  /** Items not yet handed to `flush`. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves with this item's result once its group is written. */
  add(item: Item): Promise<Result> {
    if (this.#closed) return Promise.reject(new Error('The grouped writer is closed'));
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#pumpAfterTurn();
    });
  }

  /** Takes no more items and resolves when everything accepted is written (or rejected). */
  close(): Promise<void> {
    this.#closed = true;
    if (this.#running === 0 && this.#waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  #pumpAfterTurn(): void {
    if (this.#turn !== undefined) return;
    this.#turn = setImmediate(() => {
      this.#turn = undefined;
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#running < this.#options.parallel && this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, this.#options.maxGroup);
      this.#running += 1;
      void this.#outside(() => this.#write(group)).then(() => {
        this.#running -= 1;
        this.#pump();
        if (this.#running === 0 && this.#waiting.length === 0) for (const done of this.#drained.splice(0)) done();
      });
    }
  }

  /** Never rejects: every outcome goes to the items. */
  async #write(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      this.#options.onGroup(group.length);
      const settle = (outcomes: readonly (Result | Error)[]): void => settleEach(group, outcomes);
      const items = group.map(({ item }) => item);
      settle(await this.#options.flush(items, settle));
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

/** Of two outcomes of an item the first counts, as with any promise. */
function settleEach<Item, Result>(
  group: readonly Waiting<Item, Result>[],
  outcomes: readonly (Result | Error)[],
): void {
  if (outcomes.length !== group.length) {
    throw new Error(`A flush answered ${outcomes.length} outcomes for ${group.length} items`);
  }
  for (const [index, { resolve, reject }] of group.entries()) {
    const outcome = outcomes[index];
    if (outcome instanceof Error) reject(outcome);
    else resolve(outcome as Result);
  }
}
