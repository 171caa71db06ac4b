import { isConnectorError } from './connector-error.js';

/** Long enough to spare the vendor's limits, short enough that a new tag or field is found soon. */
const KEEP_MS = 5 * 60 * 1000;

interface Memory {
  at: number;
  value: Promise<unknown>;
}

/**
 * What one connection remembers between runs for some minutes: its tags, its fields, its user. Loading is shared by
 * all runs that ask at the same time.
 */
export class ConnectionMemory {
  readonly #memories = new Map<string, Memory>();

  constructor(private readonly now: () => number) {}

  /** @param load asks the vendor; made on behalf of the run that asks first */
  async recall<T>(name: string, load: () => Promise<T>): Promise<T> {
    const known = this.#memories.get(name);
    const fresh = known !== undefined && this.now() - known.at < KEEP_MS;
    const memory = fresh ? known : this.#load(name, load);
    try {
      return (await memory.value) as T;
    } catch (error) {
      // Another run's end must not end this one.
      const foreign = memory === known && isConnectorError(error) && error.kind === 'aborted';
      if (foreign) return this.recall(name, load);
      throw error;
    }
  }

  /** Milliseconds since this was loaded; infinite for something never loaded. */
  age(name: string): number {
    const known = this.#memories.get(name);
    return known === undefined ? Number.POSITIVE_INFINITY : this.now() - known.at;
  }

  forget(name: string): void {
    this.#memories.delete(name);
  }

  #load(name: string, load: () => Promise<unknown>): Memory {
    const memory: Memory = { at: this.now(), value: load() };
    this.#memories.set(name, memory);
    memory.value.catch(() => {
      // The error reaches whoever asked; only the memory of it goes.
      if (this.#memories.get(name) === memory) this.#memories.delete(name);
    });
    return memory;
  }
}
