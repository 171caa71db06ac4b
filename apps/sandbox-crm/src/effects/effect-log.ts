export interface Effect {
  operation: string;
  contactId?: string | undefined;
  args: Record<string, unknown>;
}

export interface LoggedEffect {
  seq: number;
  at: string;
  dialect: string;
  operation: string;
  contact_id: string | null;
  args: Record<string, unknown>;
  idempotency_key?: string;
}

interface Entry extends Effect {
  seq: number;
  time: number;
  dialect: string;
  idempotencyKey: string | undefined;
}

export interface EffectQuery {
  contactId?: string | undefined;
  operation?: string | undefined;
  after?: number;
  limit?: number;
}

/**
 * Every write that the CRM was asked for and carried out, in order. Tests count in it what really happened outside
 * the product. The oldest entries go when the log is full; `seq` keeps counting.
 */
export class EffectLog {
  #entries: Entry[] = [];
  #seq = 0;
  #epoch = newEpoch();
  readonly #listeners = new Set<() => void>();

  constructor(private readonly capacity: number) {}

  /** Another one after the log was cleared or the program was started anew: what was read before is no longer true. */
  get epoch(): string {
    return this.#epoch;
  }

  /** The number of the newest entry, also of one that was cleared away since. */
  get last(): number {
    return this.#seq;
  }

  /** The number before the oldest entry that is still there. */
  get start(): number {
    return this.#seq - this.#entries.length;
  }

  add(dialect: string, effect: Effect, idempotencyKey: string | undefined): void {
    this.#entries.push({ ...effect, dialect, seq: ++this.#seq, time: Date.now(), idempotencyKey });
    if (this.#entries.length > this.capacity * 1.25) this.#entries = this.#entries.slice(-this.capacity);
    this.#tell();
  }

  /** Entries after a sequence number; `next` is where to go on, or null at the end. */
  find(query: EffectQuery): { effects: LoggedEffect[]; next: number | null } {
    const { contactId, operation, after = 0, limit = 10_000 } = query;
    const effects: LoggedEffect[] = [];
    for (let position = this.#positionAfter(after); position < this.#entries.length; position += 1) {
      const entry = this.#entries[position];
      if (entry === undefined || (contactId !== undefined && entry.contactId !== contactId)) continue;
      if (operation !== undefined && entry.operation !== operation) continue;
      if (effects.length === limit) return { effects, next: effects.at(-1)?.seq ?? null };
      effects.push(toLogged(entry));
    }
    return { effects, next: null };
  }

  /** The newest entries, newest first; with a contact only those about it. */
  latest(count: number, contactId?: string): LoggedEffect[] {
    const found: LoggedEffect[] = [];
    for (let position = this.#entries.length - 1; position >= 0 && found.length < count; position -= 1) {
      const entry = this.#entries[position];
      if (entry !== undefined && (contactId === undefined || entry.contactId === contactId))
        found.push(toLogged(entry));
    }
    return found;
  }

  clear(): void {
    this.#entries = [];
    this.#epoch = newEpoch();
    this.#tell();
  }

  /** Calls back after every entry and after clearing. @returns what ends that */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Entries are numbered without a gap, so that the place of a number is known. */
  #positionAfter(seq: number): number {
    return Math.max(0, seq - this.start);
  }
}

let epochs = 0;

function newEpoch(): string {
  return `${Date.now().toString(36)}${(++epochs).toString(36)}`;
}

function toLogged(entry: Entry): LoggedEffect {
  return {
    seq: entry.seq,
    at: new Date(entry.time).toISOString(),
    dialect: entry.dialect,
    operation: entry.operation,
    contact_id: entry.contactId ?? null,
    args: entry.args,
    ...(entry.idempotencyKey === undefined ? {} : { idempotency_key: entry.idempotencyKey }),
  };
}
