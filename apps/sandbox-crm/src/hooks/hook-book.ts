import { randomUUID } from 'node:crypto';

export type HookStatus = 'unverified' | 'active' | 'inactive';

/** One subscription of a client. */
export interface Hook {
  id: string;
  dialect: string;
  connection: string;
  event: string;
  url: string;
  status: HookStatus;
  /** Who must have made a change, for vendors that ask. */
  sources: readonly string[];
  /** What the address is tried out with. */
  word: string;
}

export interface HookState {
  next: number;
  hooks: Hook[];
}

/** Who wants to hear of what, in all dialects. */
export class HookBook {
  #hooks = new Map<string, Hook>();
  #next = 1;

  constructor(private readonly onChange: () => void) {}

  add(hook: Pick<Hook, 'dialect' | 'connection' | 'event' | 'url' | 'status'> & { sources?: readonly string[] }): Hook {
    const made: Hook = { sources: [], ...hook, id: String(this.#next++), word: randomUUID() };
    this.#hooks.set(made.id, made);
    this.onChange();
    return made;
  }

  of(dialect: string, connection?: string): Hook[] {
    return [...this.#hooks.values()].filter(
      (hook) => hook.dialect === dialect && (connection === undefined || hook.connection === connection),
    );
  }

  /** A subscription of this client; undefined for another's. */
  get(dialect: string, connection: string, id: string): Hook | undefined {
    const hook = this.#hooks.get(id);
    return hook?.dialect === dialect && hook.connection === connection ? hook : undefined;
  }

  setStatus(hook: Hook, status: HookStatus): void {
    hook.status = status;
    this.onChange();
  }

  remove(hook: Hook): void {
    this.#hooks.delete(hook.id);
    this.onChange();
  }

  clear(): void {
    this.#hooks.clear();
    this.onChange();
  }

  state(): HookState {
    return { next: this.#next, hooks: [...this.#hooks.values()] };
  }

  restore({ next, hooks }: HookState): void {
    this.#next = next;
    this.#hooks = new Map(hooks.map((hook) => [hook.id, hook]));
  }
}
