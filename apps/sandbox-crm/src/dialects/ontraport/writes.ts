import type { Answer } from '../../server/answer.js';
import { listed, one } from '../../server/form.js';
import { emptyContact } from '../../store/empty-contact.js';
import type { ContactRecord } from '../../store/records.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { inputOf, text, type Input } from '../input.js';
import { customField } from './account-fields.js';
import { notFoundText, silentSuccess, success } from './answers.js';
import { applyAttributes, applyBulkMail, BULK_MAIL } from './contact-change.js';
import { contactRow } from './contact-row.js';
import { contactType, noteRow, tagRow, typeOf, typeOfQuery } from './object-types.js';
import { scalar, type Row } from './rows.js';

const NOTE = '12';
const TAG = '14';

export const writeOperations: readonly Operation[] = [
  { method: 'POST', path: '/objects', name: 'CreateObject', handle: createObject },
  { method: 'PUT', path: '/objects', name: 'UpdateObject', handle: updateObject },
  { method: 'POST', path: '/objects/saveorupdate', name: 'SaveOrUpdate', handle: saveOrUpdate },
  { method: 'DELETE', path: '/object', name: 'DeleteObject', handle: deleteObject },
  { method: 'DELETE', path: '/objects', name: 'DeleteObjects', handle: deleteObjects },
];

function createObject(call: Call): Answer {
  const input = inputOf(call.body);
  const type = scalar(input['objectID']);
  if (type === NOTE) return createNote(call, input);
  if (type === TAG) return createTag(call, input);
  if (typeOf(input['objectID']) !== contactType) throw new Refusal(403, 'Objects of this type cannot be made');
  return createContact(call, input);
}

/** What was sent comes back with the number and the owner; the rest of the record does not. */
function createContact(call: Call, input: Input): Answer {
  const { store } = call;
  const draft = { ...emptyContact(), ownerId: '1' };
  const understood = applyAttributes(draft, input, store);
  const contact = store.contacts.create((id) => ({ ...draft, id }));
  if (understood.includes(BULK_MAIL)) applyBulkMail(contact, input[BULK_MAIL], store);
  call.effect({ operation: 'CreateContact', contactId: contact.id, args: named(input, understood) });
  const row = contactRow(contact, store);
  return success({ ...only(row, understood), id: contact.id, owner: row['owner'] });
}

/** Nobody asks whether the contact exists. */
function createNote(call: Call, input: Input): Answer {
  const { store } = call;
  const contactId = scalar(input['contact_id']) ?? '';
  const body = text(input, 'data') ?? '';
  const userId = scalar(input['author']) ?? call.identity.subject;
  const times = { createdAt: Date.now(), updatedAt: Date.now() };
  const note = store.notes.create((id) => ({ id, contactId, title: '', text: body, type: 'Other', userId, ...times }));
  const args = { note_id: note.id, title: '', text: body, type: 'Other', user_id: userId };
  call.effect({ operation: 'CreateNote', contactId, args });
  return success(noteRow(note));
}

function createTag(call: Call, input: Input): Answer {
  const name = (text(input, 'tag_name') ?? '').trim();
  if (name === '') throw new Refusal(400, 'tag_name is required');
  const times = { createdAt: Date.now(), updatedAt: Date.now() };
  const tag = call.store.tags.create((id) => ({ id, name, description: '', categoryId: '', ...times }));
  call.effect({ operation: 'CreateTag', args: { tag_id: tag.id, name } });
  return success(tagRow(tag));
}

function updateObject(call: Call): Answer {
  const input = inputOf(call.body);
  if (typeOf(input['objectID']) !== contactType) throw new Refusal(403, 'Objects of this type cannot be changed');
  const contact = call.store.contacts.get(scalar(input['id']) ?? '');
  if (contact === undefined) throw new Refusal(404, notFoundText);
  return success({ attrs: change(call, contact, input) });
}

/** Finds the contact by its address; without one, or for an unknown one, it makes a contact. */
function saveOrUpdate(call: Call): Answer {
  const input = inputOf(call.body);
  if (typeOf(input['objectID']) !== contactType) throw new Refusal(403, 'Objects of this type cannot be saved so');
  const address = input['email'];
  const [known] = typeof address === 'string' ? call.store.contacts.withAddress(address) : [];
  if (known === undefined) return createContact(call, input);
  return success({ id: known.id, attrs: change(call, known, input) });
}

/** @returns the attributes that hold something else now, with the number and the time of the change */
function change(call: Call, contact: ContactRecord, input: Input): Row {
  const { store } = call;
  const before = contactRow(contact, store);
  const draft = { ...contact };
  const understood = applyAttributes(draft, input, store);
  Object.assign(contact, draft);
  if (understood.includes(BULK_MAIL)) applyBulkMail(contact, input[BULK_MAIL], store);
  store.contacts.changed(contact);
  const after = contactRow(contact, store);
  logChange(call, contact, input, understood, before, after);
  const differing = Object.keys(after).filter((key) => after[key] !== before[key]);
  return { ...only(after, differing), dlm: after['dlm'] ?? '', id: contact.id };
}

/** A change of a single custom field is the setting of a field value; consent is logged on its own. */
function logChange(
  call: Call,
  contact: ContactRecord,
  input: Input,
  understood: readonly string[],
  before: Row,
  after: Row,
): void {
  const contactId = contact.id;
  if (understood.includes(BULK_MAIL)) {
    const args = { email: after['email'], opted_in: after[BULK_MAIL] === '1', status: after[BULK_MAIL] };
    call.effect({ operation: 'SetOptInStatus', contactId, args });
  }
  const [key, ...others] = understood.filter((name) => name !== BULK_MAIL);
  if (key === undefined) return;
  const field = others.length === 0 ? customField(call.store, key) : undefined;
  if (field === undefined) {
    call.effect({ operation: 'UpdateContact', contactId, args: named(input, [key, ...others]) });
    return;
  }
  const value = contact.fields[field.id] ?? null;
  const args = { field: field.id, label: field.label, before: before[key], value };
  call.effect({ operation: 'SetContactFieldValue', contactId, args });
}

function deleteObject(call: Call): Answer {
  const { query, store } = call;
  if (typeOfQuery(query) !== contactType) throw new Refusal(403, 'Objects of this type cannot be deleted');
  const id = one(query, 'id') ?? '';
  if (!store.deleteContact(id)) throw new Refusal(404, notFoundText);
  call.effect({ operation: 'DeleteContact', contactId: id, args: {} });
  return silentSuccess();
}

/** Without ids it means them all. */
function deleteObjects(call: Call): Answer {
  const { query, store } = call;
  if (typeOfQuery(query) !== contactType) throw new Refusal(403, 'Objects of this type cannot be deleted');
  const ids = listed(query, 'ids') ?? Array.from(store.contacts.values(), ({ id }) => id);
  for (const id of ids) {
    if (store.deleteContact(id)) call.effect({ operation: 'DeleteContact', contactId: id, args: {} });
  }
  return success('Deleted');
}

function named(input: Input, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, input[name] ?? null]));
}

function only(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(names.map((name) => [name, row[name] ?? '']));
}
