import type { Answer } from '../../server/answer.js';
import { emptyContact } from '../../store/empty-contact.js';
import type { ContactRecord } from '../../store/records.js';
import type { Call, Operation } from '../dialect.js';
import { text } from '../input.js';
import { changeContact, type Change } from './contact-change.js';
import { listContacts } from './contact-list.js';
import { contactView, fieldValueViews, includedIn, sideLoads, USUAL } from './contact-view.js';
import { existing, missing } from './errors.js';
import { wrapped } from './wire.js';

export const CONTACT = 'Subscriber';

export const contactOperations: readonly Operation[] = [
  { method: 'GET', path: '/contacts', name: 'GetContacts', handle: listContacts },
  { method: 'POST', path: '/contacts', name: 'CreateContact', handle: createContact },
  { method: 'POST', path: '/contact/sync', name: 'CreateContact', handle: syncContact },
  { method: 'GET', path: '/contacts/:contact_id', name: 'GetContact', handle: getContact },
  { method: 'PUT', path: '/contacts/:contact_id', name: 'UpdateContact', handle: updateContact },
  { method: 'DELETE', path: '/contacts/:contact_id', name: 'DeleteContact', handle: deleteContact },
  {
    method: 'GET',
    path: '/contacts/:contact_id/fieldValues',
    name: 'GetFieldValues',
    handle: (call) => ({ status: 200, body: { fieldValues: fieldValueViews(contactOf(call), call.store) } }),
  },
];

/** The contact that the path names, or a refusal. */
export function contactOf({ params, store }: Call): ContactRecord {
  return contactWithId(store, params['contact_id']);
}

export function contactWithId(store: Call['store'], id: string | undefined): ContactRecord {
  return existing(store.contacts.get(id ?? ''), CONTACT, id);
}

function getContact(call: Call): Answer {
  const contact = contactOf(call);
  const loaded = sideLoads([contact], includedIn(call.query) ?? USUAL, call.store);
  return { status: 200, body: { contact: contactView(contact, call.store), ...loaded } };
}

function createContact(call: Call): Answer {
  const { store } = call;
  const input = wrapped(call.body, 'contact');
  if ((text(input, 'email') ?? '') === '' && input['allowNullEmail'] !== true) throw missing('email');
  const draft = emptyContact();
  changeContact(draft, input, store);
  const contact = store.contacts.create((id) => ({ ...draft, id }));
  call.effect({ operation: 'CreateContact', contactId: contact.id, args: { ...input } });
  return written(201, contact, call);
}

/** Makes a contact, or changes the one that has the address. */
function syncContact(call: Call): Answer {
  const input = wrapped(call.body, 'contact');
  const address = text(input, 'email') ?? '';
  if (address === '') throw missing('email');
  const [known] = call.store.contacts.withAddress(address);
  return known === undefined ? createContact(call) : change(call, known, input);
}

function updateContact(call: Call): Answer {
  return change(call, contactOf(call), wrapped(call.body, 'contact'));
}

function change(call: Call, contact: ContactRecord, input: Readonly<Record<string, unknown>>): Answer {
  const done = changeContact(contact, input, call.store);
  call.store.contacts.changed(contact);
  logChange(call, contact.id, done);
  return written(200, contact, call);
}

/** A change of one custom value and nothing more is the setting of a field value. */
export function logChange(call: Call, contactId: string, { properties, fields }: Change): void {
  const [only, another] = fields;
  if (Object.keys(properties).length === 0 && only !== undefined && another === undefined) {
    call.effect({ operation: 'SetContactFieldValue', contactId, args: { ...only } });
    return;
  }
  const args = { ...properties, ...(fields.length === 0 ? {} : { fieldValues: fields }) };
  call.effect({ operation: 'UpdateContact', contactId, args });
}

function written(status: number, contact: ContactRecord, { store }: Call): Answer {
  return { status, body: { contact: contactView(contact, store), fieldValues: fieldValueViews(contact, store) } };
}

function deleteContact(call: Call): Answer {
  const contact = contactOf(call);
  call.store.deleteContact(contact.id);
  call.effect({ operation: 'DeleteContact', contactId: contact.id, args: {} });
  return { status: 200, body: {} };
}
