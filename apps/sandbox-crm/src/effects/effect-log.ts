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

  constructor(private readonly capacity: number) {}

  add(dialect: string, effect: Effect, idempotencyKey: string | undefined): void {
    this.#entries.push({ ...effect, dialect, seq: ++this.#seq, time: Date.now(), idempotencyKey });
    if (this.#entries.length > this.capacity * 1.25) this.#entries = this.#entries.slice(-this.capacity);
  }

  /** Entries after a sequence number; `next` is where to go on, or null at the end. */
  find(query: EffectQuery): { effects: LoggedEffect[]; next: number | null } {
    const { contactId, operation, after = 0, limit = 10_000 } = query;
    const effects: LoggedEffect[] = [];
    for (const entry of this.#entries) {
      if (entry.seq <= after) continue;
      if (contactId !== undefined && entry.contactId !== contactId) continue;
      if (operation !== undefined && entry.operation !== operation) continue;
      if (effects.length === limit) return { effects, next: effects.at(-1)?.seq ?? null };
      effects.push(toLogged(entry));
    }
    return { effects, next: null };
  }

  /** The newest entries, newest first. */
  latest(count: number): LoggedEffect[] {
    return this.#entries.slice(-count).toReversed().map(toLogged);
  }

  clear(): void {
    this.#entries = [];
  }
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
