import { FIRST_CONTACT_ID } from '../demo-facts.js';
import { AddressIndex } from './address-index.js';
import { Collection } from './collection.js';
import type { ContactRecord } from './records.js';

/**
 * Contacts. Seeded ones are made when they are first asked for, and the index over addresses is made at the first
 * question by address: so a store of 100,000 contacts is there at once.
 */
export class Contacts extends Collection<ContactRecord> {
  #seeded = 0;
  #notMade = 0;
  #make: (index: number) => ContactRecord = () => {
    throw new Error('Nothing was seeded');
  };
  #index: AddressIndex | undefined;

  /** Fills the first ids; `make` must give the same contact for the same position. */
  seedOnDemand(count: number, make: (index: number) => ContactRecord): void {
    this.#seeded = count;
    this.#notMade = count;
    this.#make = make;
    this.reserve(FIRST_CONTACT_ID + count);
  }

  override get size(): number {
    return super.size + this.#notMade;
  }

  override get(id: string): ContactRecord | undefined {
    return super.get(id) ?? this.#seededContact(id);
  }

  override has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  /** All contacts in the order of their ids. */
  override values(): IterableIterator<ContactRecord> {
    return this.valuesFrom(FIRST_CONTACT_ID);
  }

  /** Contacts whose id is not below a number, in the order of their ids. */
  *valuesFrom(id: number): IterableIterator<ContactRecord> {
    for (let index = Math.max(0, id - FIRST_CONTACT_ID); index < this.#seeded; index += 1) {
      const contact = this.get(String(FIRST_CONTACT_ID + index));
      if (contact !== undefined) yield contact;
    }
    for (const contact of super.values()) {
      if (Number(contact.id) >= id && this.#seededPosition(contact.id) === undefined) yield contact;
    }
  }

  override put(contact: ContactRecord): void {
    this.get(contact.id);
    super.put(contact);
  }

  override delete(id: string): boolean {
    return this.has(id) && super.delete(id);
  }

  /** Contacts that have this address in any slot, compared without case. */
  withAddress(address: string): ContactRecord[] {
    return this.#addressIndex()
      .contactIds(address)
      .flatMap((id) => this.get(id) ?? []);
  }

  hasAddress(address: string): boolean {
    return this.#addressIndex().contactIds(address).length > 0;
  }

  /** Every address of every contact, in lower case. */
  addresses(): IterableIterator<string> {
    return this.#addressIndex().addresses();
  }

  /** Puts the contact's time of change forward and keeps the index true; call it after a change in place. */
  changed(contact: ContactRecord): void {
    contact.updatedAt = Date.now();
    this.#index?.put(contact);
    this.touch(contact.id);
  }

  protected override added(contact: ContactRecord): void {
    this.#index?.put(contact);
  }

  protected override removed(contact: ContactRecord): void {
    this.#index?.remove(contact.id);
  }

  #addressIndex(): AddressIndex {
    if (this.#index === undefined) {
      this.#index = new AddressIndex();
      for (const contact of this.values()) this.#index.put(contact);
    }
    return this.#index;
  }

  #seededContact(id: string): ContactRecord | undefined {
    const position = this.#seededPosition(id);
    if (position === undefined || this.wasDeleted(id)) return undefined;
    const contact = this.#make(position);
    this.#notMade -= 1;
    this.seed(contact);
    return contact;
  }

  /** Where an id stands among the seeded ones; only its plain form counts ("01001" is no id). */
  #seededPosition(id: string): number | undefined {
    const position = Number(id) - FIRST_CONTACT_ID;
    const isSeeded = position >= 0 && position < this.#seeded && String(position + FIRST_CONTACT_ID) === id;
    return isSeeded ? position : undefined;
  }
}
