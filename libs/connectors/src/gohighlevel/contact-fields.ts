import type { FieldValue } from '../_kit/contact.js';
import type { GhlContact } from './schemas.js';
import { customValue, dayOf, instantOf, lineOf } from './contact-values.js';

/** Text properties of a contact, and what clears them: some may not be null. */
export const WRITABLE: ReadonlyMap<string, null | ''> = new Map([
  ['firstName', null],
  ['lastName', null],
  ['email', null],
  ['phone', null],
  ['companyName', null],
  ['website', null],
  ['timezone', null],
  ['source', null],
  ['dateOfBirth', null],
  ['address1', null],
  ['city', null],
  ['state', null],
  ['postalCode', ''],
  ['country', ''],
  ['assignedTo', null],
]);

type Reader = (contact: GhlContact) => FieldValue;

const text = (value: string | null | undefined): FieldValue => (value === undefined || value === '' ? null : value);

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>(
  Object.entries<Reader>({
    id: ({ id }) => id,
    firstName: ({ firstName }) => text(firstName),
    lastName: ({ lastName }) => text(lastName),
    email: ({ email }) => text(email),
    phone: ({ phone }) => text(phone),
    companyName: ({ companyName, businessName }) => text(companyName) ?? text(businessName),
    website: ({ website }) => text(website),
    timezone: ({ timezone }) => text(timezone),
    source: ({ source }) => text(source),
    dateOfBirth: ({ dateOfBirth }) => dayOf(dateOfBirth) ?? null,
    address1: (contact) => text(lineOf(contact)),
    city: ({ city }) => text(city),
    state: ({ state }) => text(state),
    postalCode: ({ postalCode }) => text(postalCode),
    country: ({ country }) => text(country),
    assignedTo: ({ assignedTo }) => text(assignedTo),
    type: ({ type }) => text(type),
    dnd: ({ dnd }) => dnd ?? null,
    dateAdded: ({ dateAdded }) => instantOf(dateAdded) ?? null,
    dateUpdated: ({ dateUpdated }) => instantOf(dateUpdated) ?? null,
  }),
);

/** Keys with a meaning of their own; every other key is a custom field's id. */
export const VENDOR_KEYS: readonly string[] = [...READERS.keys()];

export const isReadOnly = (key: string): boolean => READERS.has(key) && !WRITABLE.has(key);

/** One field of a contact; null where the contact has none of that key. */
export function fieldOf(contact: GhlContact, key: string): FieldValue {
  const reader = READERS.get(key);
  if (reader !== undefined) return reader(contact);
  return customValue(contact.customFields?.find(({ id }) => id === key)?.value);
}
