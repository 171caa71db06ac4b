import { Collection } from './collection.js';

/** A collection of what belongs to contacts (notes, orders, ...), found by contact without a scan. */
export class ContactParts<T extends { id: string; contactId: string }> extends Collection<T> {
  readonly #byContact = new Map<string, string[]>();

  /** The contact's records in the order of their creation. */
  of(contactId: string): T[] {
    const found: T[] = [];
    for (const id of this.#byContact.get(contactId) ?? []) {
      const record = this.get(id);
      if (record !== undefined) found.push(record);
    }
    return found;
  }

  protected override added(record: T, before: T | undefined): void {
    if (before !== undefined) {
      if (before.contactId === record.contactId) return;
      this.removed(before);
    }
    const ids = this.#byContact.get(record.contactId);
    if (ids === undefined) this.#byContact.set(record.contactId, [record.id]);
    else ids.push(record.id);
  }

  protected override removed(record: T): void {
    const ids = this.#byContact.get(record.contactId);
    const at = ids?.indexOf(record.id) ?? -1;
    if (at >= 0) ids?.splice(at, 1);
  }
}
