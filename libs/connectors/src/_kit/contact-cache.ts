/**
 * The contacts one run has read. Reading a field and writing it back needs one read, however many fields there are.
 * Our own writes bring the new state or drop the contact; what others change meanwhile is seen by the next run.
 */
export class ContactCache<Contact extends { id: string }> {
  readonly #contacts = new Map<string, Promise<Contact>>();

  get(id: string, read: () => Promise<Contact>): Promise<Contact> {
    const known = this.#contacts.get(id);
    if (known !== undefined) return known;
    const reading = read();
    this.#contacts.set(id, reading);
    // A failed read is not kept; whoever asked gets its error from the promise itself.
    reading.catch(() => this.#contacts.delete(id));
    return reading;
  }

  /** The contact if it was read before; never reads. A read that fails counts as none: whoever asked has its error. */
  async known(id: string): Promise<Contact | undefined> {
    const reading = this.#contacts.get(id);
    return reading?.catch(() => undefined);
  }

  put(contact: Contact): void {
    this.#contacts.set(contact.id, Promise.resolve(contact));
  }

  drop(id: string): void {
    this.#contacts.delete(id);
  }
}
