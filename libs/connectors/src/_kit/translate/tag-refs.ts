import type { Tag } from '../contact.js';

/** Tags by id and by name. A number that is one tag's id and another's name means the id. */
export class TagIndex {
  readonly #ids = new Set<string>();
  readonly #names = new Map<string, string>();
  readonly #vendorIds = new Map<string, string>();

  constructor(tags: readonly Tag[]) {
    for (const { id, name, vendor_id: vendorId } of tags) {
      this.#ids.add(id);
      if (vendorId !== undefined) this.#vendorIds.set(vendorId, id);
      const key = name.trim().toLowerCase();
      if (key !== '' && !this.#names.has(key)) this.#names.set(key, id);
    }
  }

  /** @returns the tag's id; undefined for a tag that does not exist */
  idOf(tag: string): string | undefined {
    const text = tag.trim();
    return this.#ids.has(text) ? text : (this.#names.get(text.toLowerCase()) ?? this.#vendorIds.get(text));
  }
}
