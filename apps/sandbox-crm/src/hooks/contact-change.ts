import type { CrmStore } from '../store/crm-store.js';
import type { ContactRecord } from '../store/records.js';

/** What happened to one contact, whoever asked for it in whatever dialect. */
export interface ContactChange {
  contactId: string;
  before: ContactRecord | undefined;
  after: ContactRecord | undefined;
  tagsAdded: readonly string[];
  tagsRemoved: readonly string[];
  /** Whether anything but tags differs. */
  edited: boolean;
  at: Date;
  /** The dialect in which it was asked for. */
  dialect: string;
}

/**
 * Remembers contacts as they were last told, so that a change can be seen whatever made it. A contact that was never
 * touched is as the seed made it.
 */
export class ContactShadow {
  readonly #told = new Map<string, ContactRecord | undefined>();

  /** @param seeded the store as it was seeded, untouched */
  constructor(private readonly seeded: CrmStore) {}

  /** Takes a contact as it is for told. */
  take(contact: ContactRecord): void {
    this.#told.set(contact.id, structuredClone(contact));
  }

  /** @returns undefined when nothing differs */
  changeOf(contactId: string, store: CrmStore, dialect: string): ContactChange | undefined {
    const before = this.#told.has(contactId) ? this.#told.get(contactId) : this.seeded.contacts.get(contactId);
    const present = store.contacts.get(contactId);
    const after = present === undefined ? undefined : structuredClone(present);
    this.#told.set(contactId, after);
    const had = tagIds(before);
    const has = tagIds(after);
    const tagsAdded = [...has].filter((id) => !had.has(id));
    const tagsRemoved = [...had].filter((id) => !has.has(id));
    const edited = contentOf(before) !== contentOf(after);
    if (!edited && tagsAdded.length === 0 && tagsRemoved.length === 0) return undefined;
    return { contactId, before, after, tagsAdded, tagsRemoved, edited, at: new Date(), dialect };
  }
}

const tagIds = (contact: ContactRecord | undefined): Set<string> => new Set(contact?.tags.map(({ tagId }) => tagId));

function contentOf(contact: ContactRecord | undefined): string {
  if (contact === undefined) return '';
  return JSON.stringify({ ...contact, tags: [], updatedAt: 0 });
}
