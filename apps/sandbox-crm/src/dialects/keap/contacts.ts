import { one, type Form } from '../../server/form.js';
import type { CrmStore } from '../../store/crm-store.js';
import type { ContactRecord } from '../../store/records.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { found, inputOf, type Input } from '../input.js';
import { changeContact } from './contact-change.js';
import { listContacts } from './contact-list.js';
import { DEFAULT_PROPERTIES, PROPERTIES } from './contact-properties.js';
import { contactView, type WireContact } from './contact-view.js';
import { fieldsOf, maskOf } from './paging.js';

const CONTACT = 'Contact';

export const contactOperations: readonly Operation[] = [
  { method: 'GET', path: '/contacts', name: 'GetContacts', handle: listContacts },
  { method: 'POST', path: '/contacts', name: 'CreateContact', handle: createContact },
  {
    method: 'GET',
    path: '/contacts/:contact_id',
    name: 'GetContact',
    handle: (call) => ({ status: 200, body: viewFor(call, contactOf(call)) }),
  },
  { method: 'PATCH', path: '/contacts/:contact_id', name: 'UpdateContact', handle: updateContact },
  { method: 'DELETE', path: '/contacts/:contact_id', name: 'DeleteContact', handle: deleteContact },
];

/** The contact that the path names, or a refusal. */
export function contactOf({ params, store }: Call): ContactRecord {
  return found(store.contacts.get(params['contact_id'] ?? ''), CONTACT, params['contact_id']);
}

function viewFor(call: Call, contact: ContactRecord): WireContact {
  return contactView(contact, fieldsOf(call.query, PROPERTIES) ?? DEFAULT_PROPERTIES, call.store);
}

function createContact(call: Call) {
  const { store, query } = call;
  const input = inputOf(call.body);
  const ways = ['email_addresses', 'phone_numbers', 'addresses'];
  if (!ways.some((way) => Array.isArray(input[way]) && input[way].length > 0)) {
    throw new Refusal(400, `At least one of ${ways.join(', ')} is required`, CONTACT);
  }
  const draft = emptyContact();
  changeContact(draft, input, undefined, store);
  const existing = duplicateOf(draft, query, store);
  if (existing !== undefined) {
    const changed = changeContact(existing, input, undefined, store);
    store.contacts.changed(existing);
    call.effect({ operation: 'UpdateContact', contactId: existing.id, args: picked(input, changed) });
    return { status: 200, body: viewFor(call, existing) };
  }
  const contact = store.contacts.create((id) => ({ ...draft, id }));
  call.effect({ operation: 'CreateContact', contactId: contact.id, args: { ...input } });
  return { status: 201, body: viewFor(call, contact) };
}

function updateContact(call: Call) {
  const { store, query } = call;
  const contact = contactOf(call);
  const input = inputOf(call.body);
  const changed = changeContact(contact, input, maskOf(query, PROPERTIES), store);
  store.contacts.changed(contact);
  logChange(call, contact.id, picked(input, changed));
  return { status: 200, body: viewFor(call, contact) };
}

/** A change of exactly one custom field is the setting of a field value; everything else changes the contact. */
function logChange(call: Call, contactId: string, args: Record<string, unknown>): void {
  const { custom_fields: fields, ...others } = args;
  const only = Array.isArray(fields) && fields.length === 1 ? (fields[0] as Input) : undefined;
  if (only !== undefined && Object.keys(others).length === 0) {
    const value = only['content'] ?? null;
    call.effect({ operation: 'SetContactFieldValue', contactId, args: { field: only['id'], value } });
  } else {
    call.effect({ operation: 'UpdateContact', contactId, args });
  }
}

function deleteContact(call: Call) {
  const contact = contactOf(call);
  call.store.deleteContact(contact.id);
  call.effect({ operation: 'DeleteContact', contactId: contact.id, args: {} });
  return { status: 204 };
}

function duplicateOf(draft: ContactRecord, query: Form, store: CrmStore): ContactRecord | undefined {
  const option = one(query, 'duplicate_option');
  if (option === undefined) return undefined;
  if (!['Email', 'EmailAndName', 'EmailAndNameAndCompany'].includes(option)) {
    throw new Refusal(400, `duplicate_option ${option} is not known`, 'duplicate_option');
  }
  const sameName = (other: ContactRecord): boolean =>
    other.firstName.toLowerCase() === draft.firstName.toLowerCase() &&
    other.lastName.toLowerCase() === draft.lastName.toLowerCase();
  return draft.emails
    .flatMap(({ address }) => store.contacts.withAddress(address))
    .filter((other) => option === 'Email' || sameName(other))
    .find((other) => option !== 'EmailAndNameAndCompany' || other.companyId === draft.companyId);
}

function picked(input: Input, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, input[name] ?? null]));
}

function emptyContact(): ContactRecord {
  const now = Date.now();
  return {
    id: '',
    firstName: '',
    lastName: '',
    emails: [],
    phones: [],
    addresses: [],
    companyId: '',
    jobTitle: '',
    website: '',
    birthday: '',
    anniversary: '',
    ownerId: '',
    leadSourceId: '',
    score: 0,
    tags: [],
    fields: {},
    createdAt: now,
    updatedAt: now,
  };
}
