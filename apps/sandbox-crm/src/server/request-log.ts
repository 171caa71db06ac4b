export interface RequestEntry {
  time: number;
  dialect: string;
  operation: string;
  method: string;
  path: string;
  connection: string;
  status: number;
  traceparent: string | undefined;
}

export interface LoggedRequest {
  seq: number;
  at: string;
  dialect: string;
  operation: string;
  method: string;
  path: string;
  connection: string;
  /** 0 when the socket was closed without an answer. */
  status: number;
  trace_id?: string;
}

/**
 * What was asked, when, and how it was answered: counts for ever, details of the newest requests. With it a test
 * proves that nothing was called before its time, or that a token was refreshed once.
 */
export class RequestLog {
  readonly #ring: RequestEntry[] = [];
  readonly #counts = new Map<string, number>();
  #seq = 0;

  constructor(private readonly capacity: number) {}

  add(entry: RequestEntry): void {
    this.#ring[this.#seq % this.capacity] = entry;
    this.#seq += 1;
    this.#counts.set(entry.operation, (this.#counts.get(entry.operation) ?? 0) + 1);
  }

  get total(): number {
    return this.#seq;
  }

  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }

  /** Requests after a sequence number, oldest first, as far as they are still kept. */
  find(query: { operation?: string | undefined; after?: number; limit?: number }): LoggedRequest[] {
    const { operation, after = 0, limit = 10_000 } = query;
    const found: LoggedRequest[] = [];
    const oldest = Math.max(0, this.#seq - this.capacity, after);
    for (let position = oldest; position < this.#seq && found.length < limit; position += 1) {
      const entry = this.#ring[position % this.capacity];
      if (entry === undefined || (operation !== undefined && entry.operation !== operation)) continue;
      found.push(toLogged(position + 1, entry));
    }
    return found;
  }

  clear(): void {
    this.#ring.length = 0;
    this.#counts.clear();
    this.#seq = 0;
  }
}

function toLogged(seq: number, { time, traceparent, ...entry }: RequestEntry): LoggedRequest {
  const traceId = traceparent?.split('-')[1];
  return { seq, at: new Date(time).toISOString(), ...entry, ...(traceId === undefined ? {} : { trace_id: traceId }) };
}
