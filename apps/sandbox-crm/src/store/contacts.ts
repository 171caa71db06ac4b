import { Collection } from './collection.js';
import type { ContactRecord } from './records.js';

/** Contacts, with an index over their addresses: vendors' duplicate checks and filters ask by address. */
export class Contacts extends Collection<ContactRecord> {
  readonly #byAddress = new Map<string, string[]>();
  /** What the index holds of a contact; a contact changed in place no longer tells its former addresses. */
  readonly #indexed = new Map<string, string[]>();

  /** Contacts that have this address in any slot, compared without case. */
  withAddress(address: string): ContactRecord[] {
    const found: ContactRecord[] = [];
    for (const id of this.#byAddress.get(address.toLowerCase()) ?? []) {
      const contact = this.get(id);
      if (contact !== undefined) found.push(contact);
    }
    return found;
  }

  hasAddress(address: string): boolean {
    return this.#byAddress.has(address.toLowerCase());
  }

  /** Every address of every contact, in lower case. */
  addresses(): MapIterator<string> {
    return this.#byAddress.keys();
  }

  /** Puts the contact's time of change forward and keeps the index true; call it after a change in place. */
  changed(contact: ContactRecord): void {
    contact.updatedAt = Date.now();
    this.#reindex(contact);
    this.touch(contact.id);
  }

  protected override added(contact: ContactRecord): void {
    this.#reindex(contact);
  }

  protected override removed(contact: ContactRecord): void {
    this.#forget(contact.id);
  }

  #reindex(contact: ContactRecord): void {
    const before = this.#indexed.get(contact.id);
    const { emails } = contact;
    if (before?.length === emails.length && emails.every((slot, i) => slot.address.toLowerCase() === before[i])) {
      return;
    }
    this.#forget(contact.id);
    const now = emails.map((slot) => slot.address.toLowerCase());
    for (const address of now) {
      const ids = this.#byAddress.get(address);
      if (ids === undefined) this.#byAddress.set(address, [contact.id]);
      else if (!ids.includes(contact.id)) ids.push(contact.id);
    }
    this.#indexed.set(contact.id, now);
  }

  #forget(contactId: string): void {
    for (const address of this.#indexed.get(contactId) ?? []) {
      const ids = this.#byAddress.get(address)?.filter((id) => id !== contactId) ?? [];
      if (ids.length === 0) this.#byAddress.delete(address);
      else this.#byAddress.set(address, ids);
    }
    this.#indexed.delete(contactId);
  }
}
