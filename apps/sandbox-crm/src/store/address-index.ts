import type { ContactRecord } from './records.js';

/** Which contacts have an e-mail address, compared without case. */
export class AddressIndex {
  readonly #contactIds = new Map<string, string[]>();
  /** What is held of a contact: one changed in place no longer tells its former addresses. */
  readonly #addresses = new Map<string, string[]>();

  contactIds(address: string): readonly string[] {
    return this.#contactIds.get(address.toLowerCase()) ?? [];
  }

  /** Every address, in lower case. */
  addresses(): IterableIterator<string> {
    return this.#contactIds.keys();
  }

  /** Takes in a new contact or one whose addresses may have changed. */
  put({ id, emails }: ContactRecord): void {
    const before = this.#addresses.get(id);
    const now = emails.map(({ address }) => address.toLowerCase());
    if (before?.length === now.length && now.every((address, at) => address === before[at])) return;
    this.remove(id);
    for (const address of now) {
      const ids = this.#contactIds.get(address);
      if (ids === undefined) this.#contactIds.set(address, [id]);
      else if (!ids.includes(id)) ids.push(id);
    }
    this.#addresses.set(id, now);
  }

  remove(contactId: string): void {
    for (const address of this.#addresses.get(contactId) ?? []) {
      const others = this.contactIds(address).filter((id) => id !== contactId);
      if (others.length === 0) this.#contactIds.delete(address);
      else this.#contactIds.set(address, others);
    }
    this.#addresses.delete(contactId);
  }
}
