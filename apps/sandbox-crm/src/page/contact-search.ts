import type { CrmStore } from '../store/crm-store.js';
import { plainAscii } from '../store/plain-ascii.js';
import type { ContactRecord } from '../store/records.js';

export const CONTACTS_PER_PAGE = 25;

export interface ContactQuestion {
  /** Every word must stand somewhere in the contact's name, addresses, numbers, company or id. */
  text: string;
  /** Only contacts that carry this tag. */
  tagId: string;
  /** From 1. */
  page: number;
}

export interface ContactPage {
  contacts: ContactRecord[];
  total: number;
  page: number;
  pages: number;
}

/** A page of the contacts that fit, in the order of their ids; a page behind the last one is the last one. */
export function findContacts(store: CrmStore, question: ContactQuestion): ContactPage {
  const words = searchForm(question.text)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0 && question.tagId === '')
    return pageOf(store.contacts.values(), store.contacts.size, question);
  const fitting = [...store.contacts.values()].filter(
    (contact) =>
      (question.tagId === '' || contact.tags.some(({ tagId }) => tagId === question.tagId)) &&
      (words.length === 0 || containsAll(haystackOf(contact, store), words)),
  );
  return pageOf(fitting, fitting.length, question);
}

function pageOf(all: Iterable<ContactRecord>, total: number, question: ContactQuestion): ContactPage {
  const pages = Math.max(1, Math.ceil(total / CONTACTS_PER_PAGE));
  const page = Math.min(Math.max(1, question.page), pages);
  const first = (page - 1) * CONTACTS_PER_PAGE;
  const contacts: ContactRecord[] = [];
  let position = 0;
  for (const contact of all) {
    if (position >= first) contacts.push(contact);
    position += 1;
    if (contacts.length === CONTACTS_PER_PAGE) break;
  }
  return { contacts, total, page, pages };
}

function containsAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

function haystackOf(contact: ContactRecord, store: CrmStore): string {
  const { id, firstName, lastName, emails, phones, addresses, companyId, jobTitle } = contact;
  return searchForm(
    [
      id,
      firstName,
      lastName,
      ...emails.map(({ address }) => address),
      ...phones.map(({ number }) => number),
      ...addresses.flatMap(({ city, countryCode }) => [city, countryCode]),
      store.companies.get(companyId)?.name ?? '',
      jobTitle,
    ].join('\n'),
  );
}

function searchForm(text: string): string {
  return plainAscii(text).toLowerCase();
}
