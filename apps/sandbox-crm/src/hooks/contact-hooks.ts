import type { Identity } from '../access/identities.js';
import type { CrmStore } from '../store/crm-store.js';
import { ContactShadow, type ContactChange } from './contact-change.js';
import type { HookBook } from './hook-book.js';
import type { HookDelivery, HookSender } from './hook-sender.js';
import type { HookSettings } from './hook-settings.js';

/** What a vendor's teller works with. */
export interface Telling {
  change: ContactChange;
  store: CrmStore;
  book: HookBook;
  settings: HookSettings;
  /** Who has used this vendor's API: vendors that serve all customers at one address tell each of their accounts. */
  accounts: readonly Identity[];
}

/** What one vendor sends when a contact changed. */
export type Teller = (telling: Telling) => readonly HookDelivery[];

export interface HookParts {
  store: () => CrmStore;
  book: HookBook;
  sender: HookSender;
  settings: HookSettings;
  /** By the name of the dialect. */
  tellers: Readonly<Record<string, Teller>>;
}

/** Tells of changed contacts in the manner of every vendor that somebody listens to. */
export class ContactHooks {
  #shadow: ContactShadow;
  readonly #accounts = new Map<string, Map<string, Identity>>();
  readonly #touched = new Map<string, string>();

  constructor(
    private readonly parts: HookParts,
    seeded: CrmStore,
  ) {
    this.#shadow = new ContactShadow(seeded);
  }

  /** Contacts that differ from the seed already are known as they are. */
  known(contactIds: readonly string[]): void {
    for (const id of contactIds) {
      const contact = this.parts.store().contacts.get(id);
      if (contact !== undefined) this.#shadow.take(contact);
    }
  }

  /** Somebody used a vendor's API. */
  used(dialect: string, identity: Identity): void {
    const known = this.#accounts.get(dialect) ?? new Map<string, Identity>();
    if (!known.has(identity.tenantId)) known.set(identity.tenantId, identity);
    this.#accounts.set(dialect, known);
  }

  /** A contact was changed. What one request does to it is told together. */
  touched(contactId: string | undefined, dialect: string): void {
    if (contactId === undefined) return;
    if (this.#touched.size === 0) setImmediate(() => this.#tell());
    this.#touched.set(contactId, dialect);
  }

  /** Begins anew with a store that was seeded anew. */
  reset(seeded: CrmStore): void {
    this.#touched.clear();
    this.#shadow = new ContactShadow(seeded);
    this.parts.book.clear();
  }

  #tell(): void {
    const { book, sender, settings, tellers } = this.parts;
    const store = this.parts.store();
    const touched = [...this.#touched];
    this.#touched.clear();
    for (const [contactId, by] of touched) {
      const change = this.#shadow.changeOf(contactId, store, by);
      if (change === undefined) continue;
      for (const [dialect, teller] of Object.entries(tellers)) {
        const accounts = [...(this.#accounts.get(dialect)?.values() ?? [])];
        for (const delivery of teller({ change, store, book, settings, accounts })) sender.send(delivery);
      }
    }
  }
}
