import type { Answer } from '../../server/answer.js';
import { one, type Form } from '../../server/form.js';
import type { CrmStore } from '../../store/crm-store.js';
import type { ContactRecord } from '../../store/records.js';
import type { Call } from '../dialect.js';
import { contactView, includedIn, sideLoads } from './contact-view.js';
import { subscriptionsOf } from './subscriptions.js';
import { pageOf } from './wire.js';

type Test = (contact: ContactRecord) => boolean;

/** The filters that the vendor knows; every other parameter is passed over without a word. */
const FILTERS: Readonly<Record<string, (value: string, store: CrmStore) => Test>> = {
  email: (value) => (contact) => addressOf(contact) === value.toLowerCase(),
  email_like: (value) => (contact) => addressOf(contact).includes(value.toLowerCase()),
  search: (value) => (contact) =>
    [addressOf(contact), contact.firstName, contact.lastName, contact.phones[0]?.number ?? ''].some((text) =>
      text.toLowerCase().includes(value.toLowerCase()),
    ),
  ids: (value) => (contact) => value.split(',').includes(contact.id),
  id_greater: (value) => (contact) => Number(contact.id) > Number(value),
  id_less: (value) => (contact) => Number(contact.id) < Number(value),
  phone: (value) => (contact) => contact.phones[0]?.number === value,
  tagid: (value) => (contact) => contact.tags.some(({ tagId }) => tagId === value),
  listid: (value, store) => (contact) => subscriptionsOf(contact, store)[value] !== undefined,
  status: (value, store) => (contact) =>
    value === '-1' || Object.values(subscriptionsOf(contact, store)).includes(value),
};

const ORDERS: Readonly<Record<string, (contact: ContactRecord) => string | number>> = {
  id: (contact) => Number(contact.id),
  cdate: (contact) => contact.createdAt,
  email: addressOf,
};

export function listContacts({ query, store }: Call): Answer {
  const tests = Object.entries(FILTERS).flatMap(([name, filter]) => {
    const value = one(query, name);
    return value === undefined || value === '' ? [] : [filter(value, store)];
  });
  const matching = [...candidates(query, store)].filter((contact) => tests.every((test) => test(contact)));
  const { items, meta } = pageOf(ordered(matching, query), query);
  const contacts = items.map((contact) => contactView(contact, store));
  const loaded = sideLoads(items, includedIn(query) ?? [], store);
  return { status: 200, body: { scoreValues: [], contacts, ...loaded, meta } };
}

/** A whole address is looked up in the index, and a walk by id goes on where it was. */
function candidates(query: Form, store: CrmStore): Iterable<ContactRecord> {
  const email = one(query, 'email');
  if (email !== undefined && email !== '') return store.contacts.withAddress(email);
  return store.contacts.valuesFrom(Number(one(query, 'id_greater') ?? 0) || 0);
}

function ordered(contacts: ContactRecord[], query: Form): ContactRecord[] {
  const [name, key] = Object.entries(ORDERS).find(([order]) => one(query, `orders[${order}]`) !== undefined) ?? [];
  if (name === undefined || key === undefined) return contacts;
  const direction = one(query, `orders[${name}]`)?.toUpperCase() === 'DESC' ? -1 : 1;
  return contacts.sort((a, b) => direction * (compare(key(a), key(b)) || Number(a.id) - Number(b.id)));
}

function compare(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function addressOf(contact: ContactRecord): string {
  return contact.emails[0]?.address.toLowerCase() ?? '';
}
