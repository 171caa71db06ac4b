/** What changed in a collection since it was seeded; enough to bring the same state back. */
export interface Differences<T> {
  changed: T[];
  deleted: string[];
  nextId: number;
}

/**
 * Records of one kind by id, in the order of their creation. It remembers which records differ from the seed, so
 * that a snapshot holds the differences only and stays small with 100,000 seeded contacts.
 */
export class Collection<T extends { id: string }> {
  readonly #records = new Map<string, T>();
  readonly #changed = new Set<string>();
  readonly #deleted = new Set<string>();
  readonly #onChange: () => void;
  #nextId: number;

  constructor(firstId: number, onChange: () => void) {
    this.#nextId = firstId;
    this.#onChange = onChange;
  }

  get size(): number {
    return this.#records.size;
  }

  get(id: string): T | undefined {
    return this.#records.get(id);
  }

  has(id: string): boolean {
    return this.#records.has(id);
  }

  values(): IterableIterator<T> {
    return this.#records.values();
  }

  /** Adds a record that the seed always brings back. */
  seed(record: T): void {
    this.#add(record);
    this.reserve(Number(record.id) + 1);
  }

  /** Adds a record under the next free number. */
  create(build: (id: string) => T): T {
    const record = build(String(this.#nextId++));
    this.put(record);
    return record;
  }

  /** Adds or replaces a record whose id is already known. */
  put(record: T): void {
    this.#add(record);
    this.touch(record.id);
  }

  /** Says that a record was changed in place. */
  touch(id: string): void {
    this.#changed.add(id);
    this.#onChange();
  }

  delete(id: string): boolean {
    const record = this.#records.get(id);
    if (record === undefined) return false;
    this.#records.delete(id);
    this.#changed.delete(id);
    this.#deleted.add(id);
    this.removed(record);
    this.#onChange();
    return true;
  }

  differences(): Differences<T> {
    const changed: T[] = [];
    for (const id of this.#changed) {
      const record = this.#records.get(id);
      if (record !== undefined) changed.push(record);
    }
    return { changed, deleted: [...this.#deleted], nextId: this.#nextId };
  }

  restore(differences: Differences<T>): void {
    for (const id of differences.deleted) this.delete(id);
    for (const record of differences.changed) this.put(record);
    this.reserve(differences.nextId);
  }

  /** New records get this number or a higher one. */
  protected reserve(nextId: number): void {
    if (nextId > this.#nextId) this.#nextId = nextId;
  }

  protected wasDeleted(id: string): boolean {
    return this.#deleted.has(id);
  }

  /** For indexes of a more special collection. */
  protected added(_record: T, _before: T | undefined): void {}
  protected removed(_record: T): void {}

  #add(record: T): void {
    const before = this.#records.get(record.id);
    this.#records.set(record.id, record);
    this.added(record, before);
  }
}
