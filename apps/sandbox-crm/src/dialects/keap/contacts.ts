import { one, type Form } from '../../server/form.js';
import type { CrmStore } from '../../store/crm-store.js';
import { emptyContact } from '../../store/empty-contact.js';
import type { ContactRecord } from '../../store/records.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { found, inputOf, type Input } from '../input.js';
import { changeContact, type Change } from './contact-change.js';
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
    const change = changeContact(existing, input, undefined, store);
    store.contacts.changed(existing);
    logChange(call, existing.id, input, change);
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
  const change = changeContact(contact, input, maskOf(query, PROPERTIES), store);
  store.contacts.changed(contact);
  logChange(call, contact.id, input, change);
  return { status: 200, body: viewFor(call, contact) };
}

/**
 * Connectors send all custom fields back to change one, so what counts is which of them now hold something else: a
 * change of a single custom field and nothing more is the setting of a field value.
 */
function logChange(call: Call, contactId: string, input: Input, { properties, fields }: Change): void {
  const [only, another] = fields;
  if (properties.join() === 'custom_fields' && only !== undefined && another === undefined) {
    call.effect({ operation: 'SetContactFieldValue', contactId, args: { ...only } });
    return;
  }
  const args = Object.fromEntries(properties.map((name) => [name, input[name] ?? null]));
  if (properties.includes('custom_fields')) args['custom_fields'] = fields;
  call.effect({ operation: 'UpdateContact', contactId, args });
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
